#include "decompose_command.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>
#include <partwise/outputs.hpp>

#include "console.hpp"
#include "progress_bar.hpp"
#include "standard_streams.hpp"

namespace partwise::program {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end();
}

/// The folder is replaced as a whole: a file that is being read must not go with it.
void check_input_outlives_output(const std::string& input, const std::string& folder) {
  std::error_code ignored;  // a path that cannot be resolved is refused where it is opened
  const fs::path target = fs::weakly_canonical(folder, ignored);
  const fs::path file = fs::weakly_canonical(input, ignored);
  const fs::path parent = fs::weakly_canonical(fs::absolute(input, ignored).parent_path(), ignored);
  if (target.empty() || (!lies_below(file, target) && !lies_below(parent, target))) return;
  throw Error(
      ErrorCode::usage,
      "--output = " + folder + ", expected a folder that does not hold the input (" + input + ")");
}

/// Decoded, mixed and resampled as the options ask.
struct Input {
  Signal signal;
  InputFacts facts;
};

Input read_input(const std::string& name, ByteSource& source, std::uint64_t held_bytes,
                 const RunOptions& options, Reducer& reducer, const RunControl& control) {
  Input input;
  input.facts.name = name;
  DecodeRules rules = decode_rules(options);
  rules.max_memory_bytes -= std::min(held_bytes, rules.max_memory_bytes);
  DecodedAudio decoded;
  reducer.for_each(2, [&](Index task) {
    if (task == 0) {
      decoded = decode_audio(source, options.range, control, rules);
    } else {
      input.facts.sha256 = sha256_of(source);
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
  return input;
}

std::optional<Factors<float>> read_start(RunOptions& options, bool components_given) {
  if (options.analysis.factorize.start != Start::given) return std::nullopt;
  std::optional<Factors<float>> start = load_factors(options.start_file);
  if (!components_given) options.analysis.factorize.num_components = start->w.cols();
  return start;
}

void tell(const std::string& name, const RunOptions& options, const Analysis& analysis,
          const WrittenRun& run, double seconds) {
  for (const auto& warning : run.warnings) print_warning(warning);
  if (options.json) {
    write_standard_output(run.summary_json);
  } else if (!options.quiet) {
    write_standard_output(closing_text(name, analysis, run, seconds));
  }
}

}  // namespace

void decompose(const std::string& input, RunOptions options, bool components_given,
               RunControl& control) {
  const auto start = Clock::now();
  if (options.json || !options.quiet) check_standard_output();
  const std::string name = input_name(input);
  if (options.output.empty()) options.output = default_output_folder(name);
  const bool is_file = input_kind(input) == InputKind::file;
  std::unique_ptr<ByteSource> source = is_file ? open_file(input) : nullptr;
  if (is_file) check_input_outlives_output(input, options.output);
  check_output_folder(options.output, options.force);
  const auto given = read_start(options, components_given);
  if (options.threads == 0) options.threads = available_threads();
  Reducer reducer(options.threads);

  ProgressBar bar(options);
  const auto watch = std::move(control.on_progress);
  control.on_progress = [&](const Progress& progress) {
    if (watch) watch(progress);
    bar.show(progress);
  };
  if (!is_file) source = open_input(input, {.max_bytes = memory_limit_bytes(options)}, control);
  control.report({});
  const std::uint64_t held_bytes = is_file ? 0 : source->size();
  const Input read = read_input(name, *source, held_bytes, options, reducer, control);
  check_memory(read.signal, options, held_bytes);
  const Container container =
      options.format == OutputFormat::flac ? flac_container() : wav_container();
  check_output(options.output, read.signal, read.facts.analysed_differs, options, container);
  RunSeconds seconds;
  seconds.decode = seconds_since(start);
  const Analysis analysis =
      analyse(read.signal, options.analysis, given ? &*given : nullptr, reducer, control);
  const WrittenRun run = write_run(options.output, read.signal, analysis, read.facts, options,
                                   container, seconds, reducer, control);
  bar.clear();
  control.on_progress = watch;
  tell(read.facts.name, options, analysis, run, seconds_since(start));
}

}  // namespace partwise::program
