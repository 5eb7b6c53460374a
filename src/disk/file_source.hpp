#pragma once
#include <disk/unique_fd.hpp>
#include <memory>
#include <partwise/byte_stream.hpp>
#include <string>

namespace partwise {

/// A source on an open descriptor. Throws Error(cannot_read) unless it is a regular file.
[[nodiscard]] std::unique_ptr<ByteSource> make_file_source(UniqueFd file, std::string name);

/// The descriptor of a source on a file, which keeps it; -1 for any other source.
[[nodiscard]] int descriptor_of(const ByteSource& source);

}  // namespace partwise
