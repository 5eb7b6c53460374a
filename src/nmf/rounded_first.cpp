#include <nmf/rounded_data.hpp>
#include <nmf/rounded_first.hpp>

namespace partwise::nmf {
namespace {

// Of the iterations allowed, one in so many is kept for the data themselves: what rounding left in
// the factors is gone after a few.
constexpr Index kLastShare = 10;

}  // namespace

SolverOutcome solve_rounded_first(const ScaledData<float>& data,
                                  const kernels::Bf16Kernels& kernels,
                                  const FactorizeOptions& options, Reducer& reducer,
                                  const SolveStage& solve) {
  const Index iterations = *options.max_iterations;
  SolverOutcome outcome;
  {
    const RoundedData rounded(data, kernels, reducer);
    FactorizeOptions most = options;
    most.max_iterations = iterations - (iterations + kLastShare - 1) / kLastShare;
    outcome = solve(data.with_products_of(rounded), most, nullptr);
  }
  const bool stopped = outcome.stop_reason == StopReason::stopped;
  FactorizeOptions rest = options;
  rest.max_iterations = stopped ? 0 : iterations - outcome.iterations;
  SolverOutcome last = solve(data, rest, &outcome);
  outcome.rounded_iterations = outcome.iterations;
  outcome.iterations += last.iterations;
  outcome.objective.pop_back();
  outcome.objective.insert(outcome.objective.end(), last.objective.begin(), last.objective.end());
  if (!stopped) outcome.stop_reason = last.stop_reason;
  return outcome;
}

}  // namespace partwise::nmf
