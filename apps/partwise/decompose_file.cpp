#include "decompose_file.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/audio_input.hpp>

#include "read_input.hpp"

namespace partwise::program {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::optional<Factors<float>> read_start(RunOptions& options, bool components_given) {
  if (options.analysis.factorize.start != Start::given) return std::nullopt;
  std::optional<Factors<float>> start = load_factors(options.start_file);
  if (!components_given) options.analysis.factorize.num_components = start->w.cols();
  return start;
}

}  // namespace

FinishedFile decompose_file(const std::string& input, RunOptions options, bool components_given,
                            std::uint64_t max_memory_bytes, const RunControl& control) {
  const auto start = Clock::now();
  const bool is_file = input_kind(input) == InputKind::file;
  std::unique_ptr<ByteSource> source = is_file ? open_file(input) : nullptr;
  check_output_folder(options.output, options.force);
  const auto given = read_start(options, components_given);
  Reducer reducer(options.threads == 0 ? available_threads() : options.threads);

  if (!is_file) source = open_input(input, {.max_bytes = max_memory_bytes}, control);
  control.report({});
  const std::uint64_t held_bytes = is_file ? 0 : source->size();
  RunOptions limited = options;
  limited.max_memory_bytes = max_memory_bytes;
  const Input read = read_input(input_name(input), *source, held_bytes, limited, reducer, control);
  check_memory(read.signal, limited, held_bytes);
  const Container container = is_flac(options.format) ? flac_container() : wav_container();
  check_output(options.output, read.signal, read.facts.analysed_differs, options, container);
  RunSeconds seconds;
  seconds.decode = seconds_since(start);
  FinishedFile out{read.facts.name, {}, {}, 0};
  out.analysis =
      analyse(read.signal, options.analysis, given ? &*given : nullptr, reducer, control);
  out.run = write_run(options.output, read.signal, out.analysis, read.facts, options, container,
                      seconds, reducer, control);
  out.seconds = seconds_since(start);
  return out;
}

}  // namespace partwise::program
