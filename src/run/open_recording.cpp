#include <algorithm>
#include <estimate/fit_signal.hpp>
#include <partwise/input_name.hpp>
#include <partwise/run.hpp>
#include <run/open_recording.hpp>
#include <utility>

namespace partwise {
namespace {

/// The bytes of an input on their way to a signal.
struct OpenedInput {
  std::unique_ptr<ByteSource> source;
  std::uint64_t held_bytes = 0;  ///< in memory; of a file none
};

OpenedInput open_bytes(const RunInput& input, std::unique_ptr<ByteSource> file,
                       const RunOptions& options, const SoundServices& services,
                       const RunControl& control) {
  if (file != nullptr) return {std::move(file), 0};
  auto source = services.open(input.name, {.max_bytes = memory_limit_bytes(options)}, control);
  const std::uint64_t bytes = source->size();
  return {std::move(source), bytes};
}

/// Decodes and hashes side by side.
Recording decode(const OpenedInput& input, const RunOptions& options, const SoundServices& services,
                 Reducer& reducer, const RunControl& control) {
  DecodeRules rules = decode_rules(options);
  rules.max_memory_bytes -= std::min(input.held_bytes, rules.max_memory_bytes);
  DecodedAudio decoded;
  Recording out;
  reducer.for_each(2, [&](Index task) {
    if (task == 0) {
      decoded = services.decode(*input.source, options.range, control, rules);
    } else {
      out.facts.sha256 = sha256_of(*input.source);
    }
  });
  out.signal = std::move(decoded.signal);
  out.facts.info = std::move(decoded.info);
  return out;
}

}  // namespace

std::unique_ptr<ByteSource> open_if_file(const std::string& input) {
  return input_kind(input) == InputKind::file ? open_file(input) : nullptr;
}

Recording read_recording(const RunInput& input, std::unique_ptr<ByteSource> file,
                         RunOptions options, const SoundServices& services, Reducer& reducer,
                         const RunControl& control) {
  if (input.max_memory_bytes != 0) options.max_memory_bytes = input.max_memory_bytes;
  const OpenedInput opened = open_bytes(input, std::move(file), options, services, control);
  control.report({});
  Recording out = decode(opened, options, services, reducer, control);
  out.facts.name = input_name(input.name);
  const bool cut = options.range.offset_s > 0 || options.range.duration_s;
  const bool fitted = fit_signal(out.signal, options, services, control);
  out.facts.analysed_differs = cut || fitted || !out.facts.info.exact_in_float;
  check_memory(out.signal, options, opened.held_bytes);
  return out;
}

Recording open_recording(const RunInput& input, const RunOptions& options,
                         const SoundServices& services, Reducer& reducer,
                         const RunControl& control) {
  return read_recording(input, open_if_file(input.name), options, services, reducer, control);
}

}  // namespace partwise
