#pragma once
#include <nmf/problem.hpp>
#include <partwise/factorize.hpp>
#include <vector>

namespace partwise::nmf {

/// What the solver did, in the units of the data as the solver saw them.
struct SolverOutcome {
  std::vector<double> objective;  ///< [iterations + 1]
  Index iterations = 0;
  StopReason stop_reason = StopReason::max_iterations;
  double first_violation = 0;    ///< that of the first iteration, coordinate descent only
  Index rounded_iterations = 0;  ///< so many of the iterations multiplied rounded data
};

/// Iterates from `factors` in place: the loop over pass over the frames, update of W, objective and
/// stopping rule. Options are valid. `before`: the factors are those that it ended with, and the
/// stopping rule compares with its first iteration. Throws Error(numerical).
template <class T>
SolverOutcome solve(const Problem<T>& problem, const FactorizeOptions& options, Factors<T>& factors,
                    const IterationCallback& on_iteration, const SolverOutcome* before = nullptr);

}  // namespace partwise::nmf
