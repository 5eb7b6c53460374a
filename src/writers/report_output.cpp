// report.html: the page.
#include <disk/file_sink.hpp>
#include <options/command_text.hpp>
#include <report/base64.hpp>
#include <writers/output.hpp>
#include <writers/page_sound.hpp>
#include <writers/summary_facts.hpp>

namespace partwise {
namespace {

constexpr const char* kFile = "report.html";
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

SpectrogramPicture picture_of(const Analysis& analysis) {
  return make_spectrogram_picture(analysis.spectrogram, analysis.options.power, analysis.bin_hz(),
                                  analysis.frame_seconds());
}

class ReportOutput final : public Output {
 public:
  explicit ReportOutput(const RunContext& context)
      : context_(context),
        picture_(picture_of(context.analysis)),
        sound_(context, budget_of(context.options, picture_)) {}

  void add(const RunBlock& block) override { sound_.add(block); }
  void close(RunResults& /*results*/, ClosingWork& /*work*/) override { sound_.end_stream(); }

  std::vector<std::string> finish(RunResults& results) override {
    const Analysis& analysis = context_.analysis;
    ReportModel model;
    model.summary_json = summary_json(summary_facts(context_, results));
    model.command = command_text(context_.asked, context_.input.name);
    model.audio = sound_.finish();
    results.report_has_sound = model.audio.codec != "none";
    model.spectrogram = std::move(picture_);
    model.w = context_.merged.w;
    model.h = context_.merged.h;
    if (analysis.parts.gathered()) {
      model.component_w = analysis.w;
      model.component_h = analysis.h;
    }
    model.bin_hz = analysis.bin_hz();
    model.frame_seconds = analysis.frame_seconds();
    model.objective = analysis.objective;
    model.marks = marks_of(results.events);
    const auto sink = context_.folder.create(kFile);
    write_report(model, *sink);
    sink->finish();
    return {kFile};
  }

 private:
  const RunContext& context_;
  SpectrogramPicture picture_;
  PageSound sound_;
};

}  // namespace

OutputSpec report_output() {
  return {.name = "report",
          .wanted = [](const RunOptions& options) { return options.report; },
          .make = make_output<ReportOutput>,
          .after = {"stems", "events"},
          .seconds = &RunSeconds::report};
}

}  // namespace partwise
