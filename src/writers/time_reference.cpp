#include <cmath>
#include <formats/decode_checks.hpp>
#include <writers/time_reference.hpp>

namespace partwise {

std::optional<std::uint64_t> time_reference_of(const AudioInfo& info, const DecodeRange& range,
                                               double rate_hz) {
  if (!info.time_reference && !(range.offset_s > 0)) return std::nullopt;
  // What was skipped is counted at the file's rate, by the function that skipped it.
  const auto skipped =
      static_cast<std::uint64_t>(to_sample_range(range, info.sample_rate_hz).first);
  const std::uint64_t first = info.time_reference.value_or(0) + skipped;
  if (rate_hz == info.sample_rate_hz) return first;
  return static_cast<std::uint64_t>(
      std::llround(static_cast<double>(first) * (rate_hz / info.sample_rate_hz)));
}

}  // namespace partwise
