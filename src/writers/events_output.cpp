// Hits and notes of every part: events.csv, events.mid, events.jams.
#include <writers/event_files.hpp>
#include <writers/output.hpp>

namespace partwise {
namespace {

EventModel event_model(const RunContext& context) {
  const Analysis& analysis = context.analysis;
  return {analysis.w,
          analysis.h,
          context.merged.groups,
          analysis.bin_hz(),
          analysis.frame_seconds(),
          analysis.options.power};
}

class EventsOutput final : public Output {
 public:
  explicit EventsOutput(const RunContext& context)
      : context_(context),
        detector_(static_cast<Index>(context.part_names.size()), context.signal.num_channels(),
                  context.signal.num_samples(), context.signal.sample_rate_hz) {
    for (const PartName& part : context.part_names) names_.push_back(part.name);
  }

  void add(const RunBlock& block) override { detector_.add(block.parts.parts, context_.reducer); }
  void close(RunResults& results, ClosingWork& work) override {
    results.events = detector_.finish(event_model(context_), context_.reducer);
    work.add([this, &results] {
      write_event_files(context_.folder, results.events, names_, context_.input.info.tags,
                        context_.signal.seconds());
    });
  }
  std::vector<std::string> finish(RunResults& /*results*/) override { return event_file_names(); }

 private:
  const RunContext& context_;
  EventDetector detector_;
  std::vector<std::string> names_;
};

}  // namespace

OutputSpec events_output() {
  return {.name = "events",
          .wanted = [](const RunOptions& options) { return options.events; },
          .make = make_output<EventsOutput>,
          .seconds = &RunSeconds::events};
}

}  // namespace partwise
