#include <chrono>
#include <disk/file_sink.hpp>
#include <disk/staged_folder.hpp>
#include <formats/sha256.hpp>
#include <functional>
#include <memory>
#include <options/command_text.hpp>
#include <options/sample_format.hpp>
#include <partwise/outputs.hpp>
#include <pipeline/shares.hpp>
#include <store/factors_npz.hpp>
#include <store/merged_parts.hpp>
#include <store/summary.hpp>
#include <writers/event_files.hpp>
#include <writers/one_shots.hpp>
#include <writers/picture_files.hpp>
#include <writers/report_file.hpp>
#include <writers/stems_writer.hpp>
#include <writers/time_reference.hpp>

namespace partwise {
namespace {

class Stopwatch {
 public:
  /// Seconds since the last call.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

double sum_of_stages(const RunSeconds& seconds) {
  return seconds.decode + seconds.transform + seconds.factorize + seconds.separate +
         seconds.events + seconds.write + seconds.report;
}

EventModel event_model(const Analysis& analysis, const PartGroups& groups) {
  return {analysis.w,
          analysis.h,
          groups,
          analysis.bin_hz(),
          analysis.frame_seconds(),
          analysis.options.power};
}

std::vector<WrittenPart> describe_parts(const StemsWriter& stems, const MergedParts& merged,
                                        const PartsResult& gathered,
                                        const std::vector<PartEvents>& events) {
  std::vector<WrittenPart> parts;
  for (std::size_t k = 0; k < merged.descriptions.size(); ++k) {
    const StemFile& file = stems.files()[k];
    parts.push_back({file.name, file.file_name, merged.descriptions[k],
                     ratio_db(file.level.rms(), 1), file.level.peak(), merged.groups[k]});
    if (gathered.gathered()) parts.back().confidence = gathered.confidence[k];
    if (events.empty()) continue;
    parts.back().kind = events[k].kind;
    parts.back().num_events = static_cast<Index>(events[k].events.size());
  }
  return parts;
}

std::vector<std::string> clipping_warnings(const StemsWriter& stems) {
  std::vector<std::string> warnings;
  for (const StemFile& file : stems.files()) {
    if (file.clipped == 0) continue;
    warnings.push_back(std::to_string(file.clipped) + " samples of " + file.file_name +
                       " were clipped to full scale; --format wav keeps them");
  }
  return warnings;
}

RunOptions options_in_force(const RunOptions& options, const Analysis& analysis,
                            const Reducer& reducer, const std::string& folder) {
  RunOptions out = options;
  out.output = folder;
  out.analysis = analysis.options;
  out.threads = reducer.threads();
  return out;
}

void write_factors(StagedFolder& staged, const Analysis& analysis) {
  const auto sink = staged.create("factors.npz");
  write_npz(factors_arrays(analysis), *sink);
  sink->finish();
}

void write_text_file(StagedFolder& staged, const std::string& name, const std::string& text) {
  const auto sink = staged.create(name);
  sink->write_text(text);
  sink->finish();
}

std::vector<std::string> names_of(const StemsWriter& stems) {
  std::vector<std::string> names;
  for (Index k = 0; k < stems.num_parts(); ++k) names.push_back(stems.files()[k].name);
  return names;
}

}  // namespace

std::string sha256_of(ByteSource& source) {
  constexpr std::size_t kBlockBytes = 1 << 18;  // few system calls, and in a core's cache
  std::vector<std::byte> block(kBlockBytes);
  Sha256 hash;
  std::uint64_t at = 0;
  while (const std::size_t got = source.read_at(at, block)) {
    hash.update(std::span(block).first(got));
    at += got;
  }
  return hash.finish();
}

WrittenRun write_run(const std::string& folder, const Signal& signal, const Analysis& analysis,
                     const InputFacts& input, const RunOptions& options, const Container& container,
                     RunSeconds seconds, Reducer& reducer, const RunControl& control,
                     const ReportCodecs& codecs) {
  Stopwatch watch;
  StagedFolder staged(folder, options.force);
  check_output(folder, signal, input.analysed_differs,
               options_in_force(options, analysis, reducer, folder), container);
  const MergedParts merged = merge_parts(analysis);
  const std::vector<PartName> part_files =
      part_names(static_cast<Index>(merged.groups.size()), options.names, analysis.parts.names);
  StemsWriter stems(
      staged, signal,
      {part_files, input.analysed_differs, sample_format_of(options.format), input.info.tags,
       time_reference_of(input.info, options.range, signal.sample_rate_hz)},
      container, reducer);
  const double preparing = watch.lap();
  std::unique_ptr<EventDetector> detector;
  if (options.events) {
    detector = std::make_unique<EventDetector>(stems.num_parts(), signal.num_channels(),
                                               signal.num_samples(), signal.sample_rate_hz);
  }
  double writing = 0;
  Stopwatch within;
  resynthesise(signal, analysis, reducer, control, [&](const PartsBlock& block) {
    within.lap();
    if (detector) detector->add(block.parts, reducer);
    seconds.events += within.lap();
    stems.write(block);
    writing += within.lap();
  });
  seconds.separate = watch.lap() - writing - seconds.events;
  WrittenRun run;
  if (detector) run.events = detector->finish(event_model(analysis, merged.groups), reducer);
  seconds.events += watch.lap();
  control.report({Stage::write, kSeparateEnds, 0, 0});
  SpectrogramPicture picture;
  std::vector<std::function<void()>> beside = {[&] { write_factors(staged, analysis); }};
  if (options.report) beside.emplace_back([&] { picture = spectrogram_of(analysis); });
  const std::vector<std::string> names = names_of(stems);
  if (options.events)
    beside.emplace_back(
        [&] { write_event_files(staged, run.events, names, input.info.tags, signal.seconds()); });
  stems.finish(beside);
  std::vector<std::string> one_shots;
  if (options.one_shots) {
    one_shots = write_one_shots(staged, signal, analysis, run.events, part_files, container,
                                sample_format_of(options.format), reducer, control);
  }
  control.check_stop();
  seconds.write = preparing + writing + watch.lap();
  seconds.transform = analysis.seconds.transform;
  seconds.factorize = analysis.seconds.factorize;

  run.folder = folder;
  run.parts = describe_parts(stems, merged, analysis.parts, run.events);
  run.residual_db = ratio_db(stems.residual().level.rms(), stems.signal_rms());
  for (const auto* list : {&input.info.warnings, &analysis.warnings}) {
    run.warnings.insert(run.warnings.end(), list->begin(), list->end());
  }
  for (std::string& warning : clipping_warnings(stems)) run.warnings.push_back(std::move(warning));
  SummaryFacts facts{
      signal,         analysis,     input, options_in_force(options, analysis, reducer, folder),
      run.parts,      run.warnings, {},    seconds,
      run.residual_db};
  facts.seconds.total = sum_of_stages(facts.seconds);
  if (options.report) {
    control.report({Stage::report, kSeparateEnds, 0, 0});
    write_report_file({staged, stems, signal}, analysis, merged, std::move(picture), facts,
                      run.events, command_text(options, input.name), codecs, reducer, control);
    facts.seconds.report = watch.lap();
    run.report_written = true;
  }
  std::vector<std::string> pictures;
  if (options.pictures) {
    pictures = write_picture_files(staged, analysis, merged, names, input.name);
    facts.seconds.report += watch.lap();
  }
  control.check_stop();
  for (const StemFile& file : stems.files()) facts.files.push_back(staged.describe(file.file_name));
  facts.files.push_back(staged.describe("factors.npz"));
  if (options.events) {
    for (const std::string& name : event_file_names()) facts.files.push_back(staged.describe(name));
  }
  for (const std::string& name : one_shots) facts.files.push_back(staged.describe(name));
  if (options.report) facts.files.push_back(staged.describe("report.html"));
  for (const std::string& name : pictures) facts.files.push_back(staged.describe(name));
  facts.seconds.total = sum_of_stages(facts.seconds);
  run.summary_json = summary_json(facts);
  write_text_file(staged, "summary.json", run.summary_json);
  staged.commit();
  control.report({Stage::report, 1, 0, 0});
  return run;
}

}  // namespace partwise
