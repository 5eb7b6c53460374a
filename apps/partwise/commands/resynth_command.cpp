#include "commands/resynth_command.hpp"

#include <chrono>
#include <partwise/audio_file.hpp>
#include <partwise/stored_run.hpp>
#include <utility>

#include "commands/input_safety.hpp"
#include "commands/read_input.hpp"
#include "commands/show_one.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

FinishedFile make_parts_again(const StoredRun& stored, const RunOptions& options,
                              const RunControl& control) {
  const auto start = Clock::now();
  const std::string input = input_of(stored, options);
  check_inputs_outlive_outputs({input}, {options.output});
  std::unique_ptr<ByteSource> opened = open_if_file(input);
  check_output_folder(options.output, options.force);
  Reducer reducer(options.threads == 0 ? available_threads() : options.threads);
  Input read = read_input(input, std::move(opened), options, reducer, control);
  check_is_input_of(stored, shown_input(input), read.facts.sha256, read.signal);
  read.facts.name = stored.input_name;
  const Container container = is_flac(options.format) ? flac_container() : wav_container();
  check_output(options.output, read.signal, read.facts.analysed_differs, options, container);
  RunSeconds seconds;
  seconds.decode = seconds_since(start);
  FinishedFile out{stored.input_name, {}, {}, 0};
  out.analysis =
      stored_analysis(stored, read.signal, options.analysis, options.report, reducer, control);
  out.run = write_run(options.output, read.signal, out.analysis, read.facts, options, container,
                      seconds, reducer, control, report_codecs());
  out.seconds = seconds_since(start);
  return out;
}

}  // namespace

void resynth(const std::string& folder, std::span<const GivenOption> given, RunControl& control) {
  const StoredRun stored = load_run(folder);
  const RunOptions options = resynth_options(stored, given);
  if (options.json || !options.quiet) check_standard_output();
  show_one(options, control, [&] { return make_parts_again(stored, options, control); });
}

}  // namespace partwise::program
