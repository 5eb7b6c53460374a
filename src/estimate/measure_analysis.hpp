#pragma once
#include <partwise/decompose.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>

namespace partwise {

/// What an excerpt took, or would have taken to the end.
struct MeasuredAnalysis {
  double transform_s = 0;
  double factorize_s = 0;
  double separate_s = 0;
  double events_s = 0;
};

/// Takes `excerpt` apart once, and listens for events if `with_events`. Iterations that last too
/// long are stopped and their time extrapolated.
[[nodiscard]] MeasuredAnalysis measure_analysis(const Signal& excerpt,
                                                const AnalysisOptions& options, bool with_events,
                                                Reducer& reducer, const RunControl& control);

}  // namespace partwise
