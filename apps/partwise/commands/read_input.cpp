#include "commands/read_input.hpp"

#include <algorithm>
#include <partwise/audio_file.hpp>
#include <partwise/audio_input.hpp>
#include <utility>

namespace partwise::program {

std::unique_ptr<ByteSource> open_if_file(const std::string& input) {
  return input_kind(input) == InputKind::file ? open_file(input) : nullptr;
}

Input read_input(const std::string& name, std::unique_ptr<ByteSource> opened,
                 const RunOptions& options, Reducer& reducer, const RunControl& control) {
  const bool is_file = opened != nullptr;
  const std::unique_ptr<ByteSource> source =
      is_file ? std::move(opened)
              : open_input(name, {.max_bytes = memory_limit_bytes(options)}, control);
  const std::uint64_t held_bytes = is_file ? 0 : source->size();
  control.report({});
  Input input;
  input.facts.name = input_name(name);
  DecodeRules rules = decode_rules(options);
  rules.max_memory_bytes -= std::min(held_bytes, rules.max_memory_bytes);
  DecodedAudio decoded;
  reducer.for_each(2, [&](Index task) {
    if (task == 0) {
      decoded = decode_audio(*source, options.range, control, rules);
    } else {
      input.facts.sha256 = sha256_of(*source);
    }
  });
  input.signal = std::move(decoded.signal);
  input.facts.info = std::move(decoded.info);

  const bool cut = options.range.offset_s > 0 || options.range.duration_s > 0;
  const bool mixed = options.mono && input.signal.num_channels() > 1;
  const bool resampled =
      options.sample_rate_hz != 0 && options.sample_rate_hz != input.signal.sample_rate_hz;
  if (mixed) input.signal = to_mono(input.signal);
  control.check_stop();
  if (resampled) input.signal = resample(input.signal, options.sample_rate_hz);
  input.facts.analysed_differs = cut || mixed || resampled || !input.facts.info.exact_in_float;
  check_memory(input.signal, options, held_bytes);
  return input;
}

}  // namespace partwise::program
