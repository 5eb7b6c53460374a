#pragma once
#include <nmf/solver.hpp>

namespace partwise::nmf {

/// scikit-learn's rule for when a plain solver has converged. Compares with the first iteration of
/// `before` (or of this run if null), which must outlive it.
class StoppingRule {
 public:
  StoppingRule(double tolerance, const SolverOutcome* before)
      : tolerance_(tolerance), before_(before) {}

  /// Coordinate descent: the sum of projected gradients is at most a share of the first one.
  [[nodiscard]] bool violation_is_small(const SolverOutcome& outcome, double violation) const;
  /// Multiplicative updates: the objective's root fell by less than a share of its first value in
  /// ten iterations.
  [[nodiscard]] bool objective_stands(const SolverOutcome& outcome) const;

 private:
  double tolerance_;
  const SolverOutcome* before_;
};

}  // namespace partwise::nmf
