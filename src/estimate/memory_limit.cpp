#include <partwise/audio_input.hpp>
#include <partwise/run_options.hpp>

namespace partwise {

std::uint64_t memory_limit_bytes(const RunOptions& options) {
  if (options.max_memory_bytes) return *options.max_memory_bytes;
  constexpr std::uint64_t kParts = 4, kOurs = 3;  // the rest is for the system and other programs
  return usable_memory_bytes() / kParts * kOurs;
}

DecodeRules decode_rules(const RunOptions& options) {
  return {options.max_duration_s, memory_limit_bytes(options), options.strict};
}

}  // namespace partwise
