#include <algorithm>
#include <chrono>
#include <estimate/measure_analysis.hpp>
#include <memory>
#include <partwise/error.hpp>
#include <partwise/events.hpp>

namespace partwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kAllowed_s =
    0.25;  // what a person hardly waits for, and a busy machine does not spoil

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// How many iterations a run will make that has made some and not come to its end.
double expected_iterations(const FactorizeOptions& options, Index made) {
  const auto most = static_cast<double>(*options.max_iterations);
  if (options.tolerance <= 0) return most;
  // Of the default solver and tolerance, on loops and songs: 9 to 40, of which those on coarser
  // data, which an excerpt has fewer of, take less.
  constexpr double kUsual = 20;
  return std::min(most, std::max(kUsual, 2.0 * static_cast<double>(made)));
}

/// Follows the level of every part, as a run does, and measures how long that takes. What events
/// take beyond that grows with their number alone.
class TimedListener final : public PartsSink {
 public:
  explicit TimedListener(Reducer& reducer) : reducer_(reducer) {}

  void begin(const PartsShape& shape) override {
    detector_ = std::make_unique<EventDetector>(shape.num_parts, shape.num_channels,
                                                shape.num_samples, shape.sample_rate_hz);
  }
  void add(const PartsBlock& block) override {
    const auto begin = Clock::now();
    detector_->add(block.parts, reducer_);
    seconds_ += seconds_since(begin);
  }
  [[nodiscard]] double seconds() const { return seconds_; }

 private:
  Reducer& reducer_;
  std::unique_ptr<EventDetector> detector_;
  double seconds_ = 0;
};

/// One analysis that stops itself after a while.
class TimedAnalysis {
 public:
  TimedAnalysis(bool with_events, const RunControl& outer)
      : with_events_(with_events), outer_(outer) {
    control_.on_progress = [this](const Progress& progress) { watch(progress); };
  }

  MeasuredAnalysis run(const Signal& signal, const AnalysisOptions& options, Reducer& reducer) {
    MeasuredAnalysis out;
    try {
      const Analysis analysis = analyse(signal, options, nullptr, reducer, control_);
      out.transform_s = analysis.seconds.transform;
      out.factorize_s = analysis.seconds.factorize;
      measure_separation(signal, analysis, reducer, out);
    } catch (const Error& error) {
      outer_.check_stop();
      if (error.code() != ErrorCode::stopped) throw;
      extrapolate(resolve(options).factorize, out);
      measure_separation(signal, roughly_analysed(signal, options, reducer), reducer, out);
    }
    return out;
  }

 private:
  void watch(const Progress& progress) {
    if (outer_.stop || seconds_since(begin_) > kAllowed_s) control_.stop = true;
    if (progress.stage != Stage::factorize) return;
    if (factorize_began_s_ == 0) factorize_began_s_ = seconds_since(begin_);
    iterations_ = std::max(iterations_, progress.iteration);
    iterated_s_ = seconds_since(begin_);
  }

  void extrapolate(const FactorizeOptions& options, MeasuredAnalysis& out) const {
    const double each_s =
        (iterated_s_ - factorize_began_s_) / static_cast<double>(std::max<Index>(1, iterations_));
    out.transform_s = factorize_began_s_;
    out.factorize_s = each_s * expected_iterations(options, iterations_);
  }

  Analysis roughly_analysed(const Signal& signal, AnalysisOptions options, Reducer& reducer) {
    options.factorize.max_iterations = 1;
    options.factorize.start = Start::random;
    const RunControl unwatched;
    return analyse(signal, options, nullptr, reducer, unwatched);
  }

  void measure_separation(const Signal& signal, const Analysis& analysis, Reducer& reducer,
                          MeasuredAnalysis& out) const {
    const auto begin = Clock::now();
    const RunControl unwatched;
    TimedListener listener(reducer);
    CallbackSink nothing([](const PartsBlock&) {});
    PartsSink& sink = with_events_ ? static_cast<PartsSink&>(listener) : nothing;
    resynthesise(signal, analysis, reducer, unwatched, sink);
    out.events_s = listener.seconds();
    out.separate_s = seconds_since(begin) - out.events_s;
  }

  bool with_events_;
  const RunControl& outer_;
  RunControl control_;
  Clock::time_point begin_ = Clock::now();
  double factorize_began_s_ = 0;
  double iterated_s_ = 0;
  Index iterations_ = 0;
};

}  // namespace

MeasuredAnalysis measure_analysis(const Signal& excerpt, const AnalysisOptions& options,
                                  bool with_events, Reducer& reducer, const RunControl& control) {
  AnalysisOptions asked = options;
  if (asked.factorize.start == Start::given) asked.factorize.start = Start::random;
  return TimedAnalysis(with_events, control).run(excerpt, asked, reducer);
}

}  // namespace partwise
