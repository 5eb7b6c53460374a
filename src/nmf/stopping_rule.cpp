#include <algorithm>
#include <cmath>
#include <nmf/stopping_rule.hpp>

namespace partwise::nmf {
namespace {

// scikit-learn looks at the objective of a multiplicative run every so many iterations.
constexpr Index kCheckInterval = 10;

double root_of(double objective) { return std::sqrt(2 * std::max(objective, 0.0)); }

}  // namespace

bool StoppingRule::violation_is_small(const SolverOutcome& outcome, double violation) const {
  // With tolerance 0 only an exact minimum, where no gradient is left, ends the run.
  const double first = outcome.first_violation;
  return first == 0 || violation <= tolerance_ * first;
}

bool StoppingRule::objective_stands(const SolverOutcome& outcome) const {
  const Index done = outcome.iterations;
  if (tolerance_ <= 0 || done % kCheckInterval != 0) return false;
  const double first = root_of(before_ == nullptr ? outcome.objective[0] : before_->objective[0]);
  const double fall =
      root_of(outcome.objective[done - kCheckInterval]) - root_of(outcome.objective[done]);
  return first == 0 || fall / first < tolerance_;
}

}  // namespace partwise::nmf
