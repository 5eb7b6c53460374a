#include <cmath>
#include <nmf/frobenius_objective.hpp>
#include <nmf/h_step.hpp>
#include <nmf/solver.hpp>
#include <nmf/stopping_rule.hpp>
#include <nmf/w_update.hpp>
#include <string>

namespace partwise::nmf {
namespace {

template <class T>
class Run {
 public:
  Run(const Problem<T>& problem, const FactorizeOptions& options, Factors<T>& factors,
      const SolverOutcome* before)
      : problem_(problem),
        options_(options),
        factors_(factors),
        before_(before),
        rule_(options.tolerance, before),
        h_first_(options.order == UpdateOrder::h_first),
        measured_on_the_way_(!problem.loss.frobenius()),
        h_step_(make_h_step(
            problem, factors,
            h_first_ ? problem.loss.zero_first_below : problem.loss.zero_second_below)) {
    if (!measured_on_the_way_) data_squares_ = problem.data.sum_of_squares(problem.reducer);
  }

  SolverOutcome operator()(const IterationCallback& on_iteration) {
    SolverOutcome outcome;
    if (before_ != nullptr) outcome.first_violation = before_->first_violation;
    prepare();
    for (;; ++outcome.iterations) {
      if (h_first_ && measured_on_the_way_) adopt(h_step_->propose(Measure::before));
      if (problem_.stopped()) divergence_ = h_step_->measure();  // what a stopped pass left is none
      record(outcome, on_iteration);
      if (should_stop(outcome)) break;
      if (problem_.stopped() || !(h_first_ ? iterate_h_first() : iterate_w_first())) {
        outcome.stop_reason = StopReason::stopped;
        break;
      }
      if (outcome.iterations == 0 && before_ == nullptr) outcome.first_violation = violation_;
    }
    return outcome;
  }

 private:
  void adopt(const PassResult& result) {
    sums_ = result.sums;
    divergence_ = result.divergence;
  }

  /// The divergence of the start, and the sums that the first update of W needs if that is first.
  void prepare() {
    if (!h_first_) {
      adopt(h_step_->accumulate());
    } else if (!measured_on_the_way_) {
      divergence_ = h_step_->measure();
    }
  }

  double step_w() {
    const Loss& loss = problem_.loss;
    const double zero_below = h_first_ ? loss.zero_second_below : loss.zero_first_below;
    return update_w(factors_.w, *sums_, problem_, loss.exponent, zero_below);
  }

  /// One iteration; false, with the factors as they were, if it was interrupted.
  bool iterate_h_first() {
    if (!measured_on_the_way_) sums_ = h_step_->propose(Measure::nothing).sums;
    if (problem_.stopped()) return false;
    h_step_->take();
    violation_ = sums_->violation;
    violation_ += step_w();
    if (!measured_on_the_way_) measure_from_sums();
    return true;
  }

  bool iterate_w_first() {
    const Matrix<T> w_before = factors_.w;
    const double violation_w = step_w();
    const PassResult result =
        h_step_->propose(measured_on_the_way_ ? Measure::after : Measure::nothing);
    if (problem_.stopped()) {
      factors_.w = w_before;
      return false;
    }
    adopt(result);
    h_step_->take();
    violation_ = violation_w + sums_->violation;
    if (!measured_on_the_way_) measure_from_sums();
    return true;
  }

  /// Where too little is left for the sums, the cells are visited instead, and the pass gathers the
  /// sums again for the next update of W.
  void measure_from_sums() {
    const auto divergence = frobenius_objective(*sums_, factors_.w, data_squares_);
    if (divergence) {
      divergence_ = *divergence;
    } else {
      adopt(h_step_->accumulate());
    }
  }

  void record(SolverOutcome& outcome, const IterationCallback& on_iteration) const {
    if (!std::isfinite(divergence_)) {
      throw Error(ErrorCode::numerical, "the objective is not finite after iteration " +
                                            std::to_string(outcome.iterations) +
                                            "; try another start or loss");
    }
    outcome.objective.push_back(divergence_);
    if (on_iteration) on_iteration(outcome.iterations, divergence_);
  }

  bool should_stop(SolverOutcome& outcome) {
    const Index done = outcome.iterations;
    if (done > 0 &&
        (problem_.loss.coordinate_descent ? rule_.violation_is_small(outcome, violation_)
                                          : rule_.objective_stands(outcome))) {
      outcome.stop_reason = StopReason::tolerance;
      return true;
    }
    return done >= *options_.max_iterations;
  }

  const Problem<T> problem_;
  const FactorizeOptions& options_;
  Factors<T>& factors_;
  const SolverOutcome* before_;
  const StoppingRule rule_;
  const bool h_first_;
  const bool measured_on_the_way_;  // the update of H makes the model, so the divergence is free
  std::unique_ptr<HStep<T>> h_step_;
  const PassSums* sums_ = nullptr;
  double data_squares_ = 0;
  double divergence_ = 0;
  double violation_ = 0;
};

}  // namespace

template <class T>
SolverOutcome solve(const Problem<T>& problem, const FactorizeOptions& options, Factors<T>& factors,
                    const IterationCallback& on_iteration, const SolverOutcome* before) {
  return Run<T>(problem, options, factors, before)(on_iteration);
}

template SolverOutcome solve(const Problem<float>&, const FactorizeOptions&, Factors<float>&,
                             const IterationCallback&, const SolverOutcome*);
template SolverOutcome solve(const Problem<double>&, const FactorizeOptions&, Factors<double>&,
                             const IterationCallback&, const SolverOutcome*);

}  // namespace partwise::nmf
