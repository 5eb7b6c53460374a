#include <algorithm>
#include <cmath>
#include <nmf/accelerated_run.hpp>
#include <nmf/coarse_to_fine.hpp>
#include <nmf/fast_solver.hpp>
#include <string>

namespace partwise::nmf {
namespace {

// Four passes of accelerated multiplication come as far as ten of the plain one, which looks that
// often. Descent looks after ten as well: after four it stopped 1e-4 above the plain solver.
constexpr Index kMultiplicationsBetweenChecks = 4;
constexpr Index kDescentsBetweenChecks = 10;

// Beside a random start: bench/RESULTS.md says how many runs get where they should with them. On a
// sixteenth of the frames each costs at most as much as a pass and a quarter over all.
constexpr Index kMoreStarts = 2;

template <class T>
class FastRun {
 public:
  FastRun(const Problem<T>& problem, const FactorizeOptions& options, Factors<T>& factors,
          bool coarsely)
      : problem_(problem),
        options_(options),
        factors_(factors),
        plan_(coarsely ? plan_coarse(problem.data.bins(), problem.data.all_frames(),
                                     factors.w.cols(), problem.loss, problem.fixed_columns)
                       : CoarsePlan()),
        run_(accelerated_run(problem, factors)) {}

  SolverOutcome operator()(const IterationCallback& on_iteration) {
    SolverOutcome outcome;
    run_->begin();
    for (;; ++outcome.iterations) {
      record(outcome, on_iteration);
      if (outcome.iterations > 0 && reached_tolerance(outcome)) {
        outcome.stop_reason = StopReason::tolerance;
        return outcome;
      }
      if (outcome.iterations >= options_.max_iterations) return outcome;
      const bool coarse = outcome.iterations == 0 && !plan_.empty();
      if (!(coarse ? go_coarsely() : run_->iterate())) {
        outcome.stop_reason = StopReason::stopped;
        return outcome;
      }
    }
  }

 private:
  /// False if it was interrupted; that the start was better is an iteration without gain.
  bool go_coarsely() {
    if (problem_.stopped()) return false;
    const bool random = options_.start == Start::random;
    auto learned =
        learn_coarsely(problem_, plan_, factors_, {options_.seed, random ? kMoreStarts : 0});
    if (!learned) return false;
    return run_->try_other(std::move(*learned)) || !problem_.stopped();
  }

  void record(SolverOutcome& outcome, const IterationCallback& on_iteration) const {
    const double divergence = run_->divergence();
    if (!std::isfinite(divergence)) {
      throw Error(ErrorCode::numerical,
                  "the objective of the start is not finite; try another start or loss");
    }
    outcome.objective.push_back(divergence);
    if (on_iteration) on_iteration(outcome.iterations, divergence);
  }

  [[nodiscard]] bool reached_tolerance(const SolverOutcome& outcome) const {
    if (options_.tolerance <= 0) return false;
    if (run_->settled()) return true;
    const Index between =
        problem_.loss.coordinate_descent ? kDescentsBetweenChecks : kMultiplicationsBetweenChecks;
    const Index window = between / run_->passes();
    // The first iteration, where it is the coarse stage, is none of the window's.
    const Index first = outcome.iterations - window;
    if (first < (plan_.empty() ? 0 : 1)) return false;
    const auto error = [&](Index i) { return std::sqrt(std::max(outcome.objective[i], 0.0)); };
    const double now = error(outcome.iterations);
    return error(first) - now < options_.tolerance * error(first) || now == 0;
  }

  const Problem<T> problem_;
  const FactorizeOptions& options_;
  Factors<T>& factors_;
  CoarsePlan plan_;
  std::unique_ptr<AcceleratedRun<T>> run_;
};

}  // namespace

template <class T>
SolverOutcome solve_fast(const Problem<T>& problem, const FactorizeOptions& options,
                         Factors<T>& factors, const IterationCallback& on_iteration,
                         const SolverOutcome* before) {
  const bool coarsely = before == nullptr && problem.coarse_stages;
  return FastRun<T>(problem, options, factors, coarsely)(on_iteration);
}

template SolverOutcome solve_fast(const Problem<float>&, const FactorizeOptions&, Factors<float>&,
                                  const IterationCallback&, const SolverOutcome*);
template SolverOutcome solve_fast(const Problem<double>&, const FactorizeOptions&, Factors<double>&,
                                  const IterationCallback&, const SolverOutcome*);

}  // namespace partwise::nmf
