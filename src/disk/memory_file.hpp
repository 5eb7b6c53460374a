#pragma once
#include <disk/unique_fd.hpp>
#include <partwise/byte_stream.hpp>
#include <partwise/run_control.hpp>

namespace partwise {

/// The bytes of a source in a file without a name, which is gone with its descriptor. Throws
/// Error(resource_limit).
[[nodiscard]] UniqueFd make_memory_file(ByteSource& source, const RunControl& control);

}  // namespace partwise
