#include <partwise/error.hpp>
#include <partwise/run.hpp>
#include <run/open_recording.hpp>
#include <run/select_parts.hpp>
#include <store/merged_parts.hpp>
#include <utility>
#include <writers/container_for.hpp>
#include <writers/part_names.hpp>
#include <writers/run_tracks.hpp>
#include <writers/track_maker.hpp>

namespace partwise {
namespace {

/// Sound from memory is taken as it is.
void check_needs_no_change(const Signal& signal, const RunOptions& options) {
  const bool mixed = options.mono && signal.num_channels() != 1;
  const bool resampled = options.sample_rate_hz && options.sample_rate_hz != signal.sample_rate_hz;
  if (!mixed && !resampled) return;
  throw Error(ErrorCode::usage, "the signal has " + std::to_string(signal.num_channels()) +
                                    " channels at " + value_text(signal.sample_rate_hz) +
                                    " Hz, expected one channel at 22050 Hz (" +
                                    OptionName("librosa") + ")");
}

InputFacts facts_of(const Signal& signal) {
  InputFacts facts;
  facts.name = "array";
  facts.info.format = "array float32";
  facts.info.sample_rate_hz = signal.sample_rate_hz;
  facts.info.num_channels = signal.num_channels();
  facts.info.num_samples = signal.num_samples();
  return facts;
}

std::vector<PartName> names_of(const Analysis& analysis, const RunOptions& options) {
  const auto groups = part_groups(analysis.options.separate.groups, analysis.w.cols());
  return names_of_parts(analysis, static_cast<Index>(groups.size()), options.names);
}

}  // namespace

int threads_of(const RunOptions& options) { return options.threads.value_or(available_threads()); }

Run::Run(const RunOptions& options, SoundServices services)
    : options_(options), services_(std::move(services)) {}

double Run::seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }

Run Run::open(const RunInput& input, const RunOptions& options, SoundServices services,
              Reducer& reducer, const RunControl& control) {
  Run run(options, std::move(services));
  auto file = open_if_file(input.name);
  if (!options.output.empty()) check_output_folder(options.output, options.force);
  run.start_ = load_start(run.options_);
  check_names(options.names, expected_parts(run.options_.analysis));
  check_selection(run.options_);
  run.recording_ =
      read_recording(input, std::move(file), run.options_, run.services_, reducer, control);
  run.finish_opening();
  return run;
}

Run Run::from_stored(StoredRun stored, const RunOptions& options, SoundServices services,
                     Reducer& reducer, const RunControl& control) {
  Run run(options, std::move(services));
  check_selection(options);
  const RunInput input{input_of(stored, options)};
  if (!options.output.empty()) check_inputs_outlive_outputs({input.name}, {options.output});
  auto file = open_if_file(input.name);
  if (!options.output.empty()) check_output_folder(options.output, options.force);
  run.recording_ = read_recording(input, std::move(file), options, run.services_, reducer, control);
  check_is_input_of(stored, shown_input(input.name), run.facts().sha256, run.signal());
  run.recording_.facts.name = stored.input_name;
  run.stored_ = std::move(stored);
  run.finish_opening();
  return run;
}

Run Run::from_signal(Signal signal, const RunOptions& options, std::optional<Factors<float>> start,
                     SoundServices services) {
  Run run(options, std::move(services));
  check_needs_no_change(signal, options);
  if (start) {
    begin_from(*start, run.options_);
    run.start_ = std::move(start);
  } else {
    run.start_ = load_start(run.options_);
  }
  check_names(options.names, expected_parts(run.options_.analysis));
  check_selection(run.options_);
  check_memory(signal, run.options_, 0);
  run.recording_.facts = facts_of(signal);
  run.recording_.signal = std::move(signal);
  return run;
}

/// What is refused once the recording is known; reading ends here.
void Run::finish_opening() {
  if (!options_.output.empty()) {
    check_output(options_.output, signal(), facts().analysed_differs, options_,
                 container_for(services_, options_.format));
  }
  decode_seconds_ = seconds();
}

const Analysis& Run::analyse(Reducer& reducer, const RunControl& control) {
  if (stored_) {
    analysis_ =
        stored_analysis(*stored_, signal(), options_.analysis, options_.report, reducer, control);
  } else {
    analysis_ = partwise::analyse(signal(), options_.analysis, start_ ? &*start_ : nullptr, reducer,
                                  control);
  }
  select_parts(options_, analysis_);
  return analysis_;
}

void Run::stream(PartsSink& sink, Reducer& reducer, const RunControl& control) const {
  resynthesise(signal(), analysis_, reducer, control, sink);
}

void Run::stream(const SoundCallback& on_block, Reducer& reducer, const RunControl& control) const {
  const std::vector<PartName> names = names_of(analysis_, options_);
  TrackMaker maker(run_tracks(names, "", false), SampleFormat::float32, reducer);
  CallbackSink sink([&](const PartsBlock& block) {
    const auto tracks = maker.make(block);
    const auto parts = tracks.first(names.size());
    on_block(
        {block.first_sample, block.count, parts, tracks[names.size()], tracks[names.size() + 1]});
  });
  stream(sink, reducer, control);
}

WrittenRun Run::write(const RunOptions& options, Reducer& reducer, const RunControl& control,
                      const std::string& name) const {
  const Container container = container_for(services_, options.format);
  RunSeconds seconds;
  seconds.decode = decode_seconds_;
  InputFacts facts = recording_.facts;
  if (!name.empty()) facts.name = name;
  return write_run(options.output,
                   {signal(), analysis_, facts, options, container, seconds, services_.report},
                   reducer, control);
}

RunParts Run::parts() const {
  MergedParts merged = merge_parts(analysis_);
  RunParts out;
  for (PartName& part : names_of(analysis_, options_)) out.names.push_back(std::move(part.name));
  out.groups = std::move(merged.groups);
  out.factors = {std::move(merged.w), std::move(merged.h)};
  out.descriptions = std::move(merged.descriptions);
  return out;
}

}  // namespace partwise
