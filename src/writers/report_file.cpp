#include <algorithm>
#include <report/base64.hpp>
#include <writers/report_file.hpp>

namespace partwise {
namespace {

constexpr double kBytesOfMegabyte = 1e6;
constexpr std::uint64_t kOtherBytes =
    250'000;  // scripts, style, summary and factors of an ordinary run

/// What of the page's size is left for sound.
std::uint64_t budget_of(const RunOptions& options, const SpectrogramPicture& picture) {
  const auto whole = static_cast<std::uint64_t>(options.report_size_mb * kBytesOfMegabyte);
  const std::uint64_t taken = report::base64_length(picture.pixels.size()) + kOtherBytes;
  return whole > taken ? whole - taken : 0;
}

std::vector<std::vector<ReportMark>> marks_of(const std::vector<PartEvents>& events) {
  std::vector<std::vector<ReportMark>> marks(events.size());
  for (std::size_t part = 0; part < events.size(); ++part) {
    for (const Event& event : events[part].events) {
      marks[part].push_back({event.onset_s, event.offset_s, event.strength, event.pitch});
    }
  }
  return marks;
}

}  // namespace

SpectrogramPicture spectrogram_of(const Analysis& analysis) {
  return make_spectrogram_picture(analysis.spectrogram, analysis.options.power, analysis.bin_hz(),
                                  analysis.frame_seconds());
}

void write_report_file(const ReportAudioSource& source, const Analysis& analysis,
                       const MergedParts& merged, SpectrogramPicture picture,
                       const SummaryFacts& facts, const std::vector<PartEvents>& events,
                       std::string command, const ReportCodecs& codecs, Reducer& reducer,
                       const RunControl& control) {
  ReportModel model;
  model.summary_json = summary_json(facts);
  model.command = std::move(command);
  model.audio = make_report_audio(source, facts.options, budget_of(facts.options, picture), codecs,
                                  reducer, control);
  model.spectrogram = std::move(picture);
  model.w = merged.w;
  model.h = merged.h;
  if (analysis.parts.gathered()) {
    model.component_w = analysis.w;
    model.component_h = analysis.h;
  }
  model.bin_hz = analysis.bin_hz();
  model.frame_seconds = analysis.frame_seconds();
  model.objective = analysis.objective;
  model.marks = marks_of(events);
  const auto sink = source.folder.create("report.html");
  write_report(model, *sink);
  sink->finish();
}

}  // namespace partwise
