#include <algorithm>
#include <cmath>
#include <nmf/frame_pass.hpp>
#include <nmf/frobenius_objective.hpp>
#include <nmf/h_update.hpp>
#include <nmf/shifts.hpp>
#include <nmf/solver.hpp>
#include <nmf/w_update.hpp>
#include <string>

namespace partwise::nmf {
namespace {

// scikit-learn looks at the objective of a multiplicative run every so many iterations.
constexpr Index kCheckInterval = 10;

template <class T>
class Run {
 public:
  Run(const DataSource<T>& data, const Loss& loss, const FactorizeOptions& options,
      Factors<T>& factors, Reducer& reducer, const RunControl& control, const SolverOutcome* before)
      : loss_(loss),
        options_(options),
        factors_(factors),
        reducer_(reducer),
        control_(control),
        before_(before),
        pass_(data, loss, factors.w.cols(), reducer),
        h_next_(factors.h.rows(), factors.h.cols()) {
    if (convolutive()) make_shifted();
    if (loss.frobenius()) data_squares_ = data.sum_of_squares();
  }

  SolverOutcome operator()(const IterationCallback& on_iteration) {
    SolverOutcome outcome;
    if (before_ != nullptr) outcome.first_violation = before_->first_violation;
    const bool w_first = options_.order == UpdateOrder::w_first;
    prepare(w_first);
    for (;; ++outcome.iterations) {
      if (!w_first && !loss_.frobenius()) half_step_h(false);  // its model gives the objective
      if (stopped())
        objective_ = pass_over_cells(false);  // what an interrupted pass left is no value
      record(outcome, on_iteration);
      if (should_stop(outcome)) break;
      if (stopped() || !(w_first ? iterate_w_first() : iterate_h_first())) {
        outcome.stop_reason = StopReason::stopped;
        break;
      }
      if (outcome.iterations == 0 && before_ == nullptr) outcome.first_violation = violation_;
    }
    return outcome;
  }

 private:
  [[nodiscard]] bool convolutive() const { return factors_.w.cols() != factors_.h.rows(); }

  void make_shifted() {
    const auto like_shifted = [&] { return Matrix<T>(factors_.w.cols(), factors_.h.cols()); };
    shifted_ = like_shifted();
    shifted_next_ = like_shifted();
    shifted_numerator_ = like_shifted();
    shifted_denominator_ = like_shifted();
    numerator_ = Matrix<T>(factors_.h.rows(), factors_.h.cols());
    denominator_ = Matrix<T>(factors_.h.rows(), factors_.h.cols());
    shift_activations<T>(factors_.h, shifted_);
  }

  /// The objective of the start, and for w_first the sums its first update of W needs.
  void prepare(bool w_first) {
    if (!w_first && !loss_.frobenius()) return;
    objective_ = pass_over_cells(w_first);
  }

  [[nodiscard]] PassRequest<T> base_request() {
    PassRequest<T> request;
    request.w = factors_.w;
    request.h = convolutive() ? shifted_ : factors_.h;
    request.h_next = h_next_;
    return request;
  }

  /// New H into h_next_ and the sums for W. A model-based loss leaves the objective of the factors
  /// before the update (or after it) as a by-product.
  void half_step_h(bool objective_after) {
    if (convolutive()) return half_step_shifted_h(objective_after);
    PassRequest<T> request = base_request();
    request.update_h = true;
    request.accumulate = true;
    request.objective = !loss_.frobenius();
    request.after_update = objective_after;
    request.zero_below = zero_h_below();
    sums_ = &pass_.run(request, control_);
    if (request.objective) objective_ = sums_->objective;
  }

  /// The same where an activation acts on several frames: its new value needs sums over all of
  /// them, and the sums for W need the new values, so that two passes do it.
  void half_step_shifted_h(bool objective_after) {
    PassRequest<T> request = base_request();
    request.h_numerator = shifted_numerator_;
    request.h_denominator = shifted_denominator_;
    request.objective = !loss_.frobenius() && !objective_after;
    const PassSums& before = pass_.run(request, control_);
    if (request.objective) objective_ = before.objective;
    fold_shifts<T>(shifted_numerator_, numerator_);
    fold_shifts<T>(shifted_denominator_, denominator_);
    multiply_h<T>(numerator_, denominator_, factors_.h, h_next_, loss_, zero_h_below());
    shift_activations<T>(h_next_, shifted_next_);
    PassRequest<T> for_w = base_request();
    for_w.h = shifted_next_;
    for_w.accumulate = true;
    for_w.objective = !loss_.frobenius() && objective_after;
    sums_ = &pass_.run(for_w, control_);
    if (for_w.objective) objective_ = sums_->objective;
  }

  [[nodiscard]] double zero_h_below() const {
    return options_.order == UpdateOrder::h_first ? loss_.zero_first_below
                                                  : loss_.zero_second_below;
  }

  void take_next_h() {
    factors_.h.swap(h_next_);
    shifted_.swap(shifted_next_);
  }

  double step_w() {
    const double zero_below =
        options_.order == UpdateOrder::h_first ? loss_.zero_second_below : loss_.zero_first_below;
    return update_w(factors_.w, *sums_, loss_, options_.fixed_columns, zero_below, reducer_);
  }

  [[nodiscard]] bool stopped() const { return control_.stop.load(std::memory_order_relaxed); }

  /// One iteration; false, with the factors as they were, if it was interrupted.
  bool iterate_h_first() {
    if (loss_.frobenius()) half_step_h(false);
    if (stopped()) return false;
    take_next_h();
    violation_ = sums_->violation;
    violation_ += step_w();
    if (loss_.frobenius()) objective_ = objective_after_update();
    return true;
  }

  bool iterate_w_first() {
    const Matrix<T> w_before = factors_.w;
    const double violation_w = step_w();
    half_step_h(true);
    if (stopped()) {
      factors_.w = w_before;
      return false;
    }
    take_next_h();
    violation_ = violation_w + sums_->violation;
    if (loss_.frobenius()) objective_ = objective_after_update();
    return true;
  }

  /// The objective of the factors as they are, cell by cell, to its end whatever `stop` says.
  double pass_over_cells(bool accumulate) {
    PassRequest<T> request = base_request();
    request.objective = true;
    request.accumulate = accumulate;
    const RunControl never_stops;
    sums_ = &pass_.run(request, never_stops);
    return sums_->objective;
  }

  double objective_after_update() {
    // Where the cells are visited instead, the pass gathers the sums again for the next update of
    // W.
    const auto objective = frobenius_objective(*sums_, factors_.w, data_squares_);
    return objective ? *objective : pass_over_cells(true);
  }

  void record(SolverOutcome& outcome, const IterationCallback& on_iteration) const {
    if (!std::isfinite(objective_)) {
      throw Error(ErrorCode::numerical, "the objective is not finite after iteration " +
                                            std::to_string(outcome.iterations) +
                                            "; try another start or loss");
    }
    outcome.objective.push_back(objective_);
    if (on_iteration) on_iteration(outcome.iterations, objective_);
  }

  bool should_stop(SolverOutcome& outcome) {
    const Index done = outcome.iterations;
    if (done > 0 && reached_tolerance(outcome)) {
      outcome.stop_reason = StopReason::tolerance;
      return true;
    }
    return done >= options_.max_iterations;
  }

  bool reached_tolerance(const SolverOutcome& outcome) {
    if (loss_.coordinate_descent) {
      // With tolerance 0 only an exact minimum, where no gradient is left, ends the run.
      const double first = outcome.first_violation;
      return first == 0 || violation_ <= options_.tolerance * first;
    }
    const Index done = outcome.iterations;
    if (options_.tolerance <= 0 || done % kCheckInterval != 0) return false;
    const auto error = [&](Index i) { return std::sqrt(2 * std::max(outcome.objective[i], 0.0)); };
    const double first =
        before_ == nullptr ? error(0) : std::sqrt(2 * std::max(before_->objective[0], 0.0));
    return first == 0 || (error(done - kCheckInterval) - error(done)) / first < options_.tolerance;
  }

  const Loss& loss_;
  const FactorizeOptions& options_;
  Factors<T>& factors_;
  Reducer& reducer_;
  const RunControl& control_;
  const SolverOutcome* before_;
  FramePass<T> pass_;
  Matrix<T> h_next_;
  // For convolutive templates, else empty: H with its shifts, now and after the update, and what
  // the update multiplies by and divides by, shift by shift and together.
  Matrix<T> shifted_, shifted_next_, shifted_numerator_, shifted_denominator_;
  Matrix<T> numerator_, denominator_;
  const PassSums* sums_ = nullptr;
  double data_squares_ = 0;
  double objective_ = 0;
  double violation_ = 0;
};

}  // namespace

template <class T>
SolverOutcome solve(const DataSource<T>& data, const Loss& loss, const FactorizeOptions& options,
                    Factors<T>& factors, Reducer& reducer, const RunControl& control,
                    const IterationCallback& on_iteration, const SolverOutcome* before) {
  return Run<T>(data, loss, options, factors, reducer, control, before)(on_iteration);
}

template SolverOutcome solve(const DataSource<float>&, const Loss&, const FactorizeOptions&,
                             Factors<float>&, Reducer&, const RunControl&, const IterationCallback&,
                             const SolverOutcome*);
template SolverOutcome solve(const DataSource<double>&, const Loss&, const FactorizeOptions&,
                             Factors<double>&, Reducer&, const RunControl&,
                             const IterationCallback&, const SolverOutcome*);

}  // namespace partwise::nmf
