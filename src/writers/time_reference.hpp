#pragma once
#include <cstdint>
#include <optional>
#include <partwise/audio_file.hpp>

namespace partwise {

/// Where the first analysed sample lies on a time line, in samples of `rate_hz`: the offset into
/// the file, behind where the file itself begins if it says so. Nothing if there is neither.
[[nodiscard]] std::optional<std::uint64_t> time_reference_of(const AudioInfo& info,
                                                             const DecodeRange& range,
                                                             double rate_hz);

}  // namespace partwise
