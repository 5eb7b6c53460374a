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
};

/// Takes `excerpt` apart once. Iterations that last too long are stopped and their time
/// extrapolated.
[[nodiscard]] MeasuredAnalysis measure_analysis(const Signal& excerpt,
                                                const AnalysisOptions& options, Reducer& reducer,
                                                const RunControl& control);

}  // namespace partwise
