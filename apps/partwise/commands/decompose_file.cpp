#include "commands/decompose_file.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <partwise/audio_file.hpp>
#include <utility>

#include "commands/read_input.hpp"

namespace partwise::program {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::optional<Factors<float>> read_start(RunOptions& options, bool components_given) {
  if (options.analysis.factorize.start != Start::given) return std::nullopt;
  std::optional<Factors<float>> start = load_factors(options.start_file);
  if (!components_given) {
    options.analysis.factorize.num_components = start->w.cols();
    options.analysis.parts.choose_components = false;
    validate(options);
  }
  return start;
}

}  // namespace

FinishedFile decompose_file(const std::string& input, RunOptions options, bool components_given,
                            std::uint64_t max_memory_bytes, const RunControl& control) {
  const auto start = Clock::now();
  std::unique_ptr<ByteSource> opened = open_if_file(input);
  check_output_folder(options.output, options.force);
  const auto given = read_start(options, components_given);
  check_names(options.names, expected_parts(options));
  Reducer reducer(options.threads == 0 ? available_threads() : options.threads);

  RunOptions limited = options;
  limited.max_memory_bytes = max_memory_bytes;
  const Input read = read_input(input, std::move(opened), limited, reducer, control);
  const Container container = is_flac(options.format) ? flac_container() : wav_container();
  check_output(options.output, read.signal, read.facts.analysed_differs, options, container);
  RunSeconds seconds;
  seconds.decode = seconds_since(start);
  FinishedFile out{read.facts.name, {}, {}, 0};
  out.analysis =
      analyse(read.signal, options.analysis, given ? &*given : nullptr, reducer, control);
  out.run = write_run(options.output, read.signal, out.analysis, read.facts, options, container,
                      seconds, reducer, control, report_codecs());
  out.seconds = seconds_since(start);
  return out;
}

}  // namespace partwise::program
