#include <algorithm>
#include <cmath>
#include <nmf/check_arguments.hpp>
#include <nmf/check_problem.hpp>
#include <nmf/fast_solver.hpp>
#include <nmf/masked_source.hpp>
#include <nmf/resolve_options.hpp>
#include <nmf/rounded_first.hpp>
#include <nmf/shifts.hpp>
#include <nmf/starts.hpp>
#include <nmf/units.hpp>
#include <type_traits>

namespace partwise::nmf {
namespace {

/// Entries outside the problem's supports to zero, which multiplicative updates keep.
template <class T>
void apply_supports(const FactorizeProblem<T>& problem, Factors<T>& factors) {
  const auto apply = [](MatrixView<const std::uint8_t> support, Matrix<T>& to) {
    if (support.data == nullptr) return;
    for (Index c = 0; c < to.cols(); ++c) {
      for (Index r = 0; r < to.rows(); ++r) {
        if (support(r, c) == 0) to(r, c) = 0;
      }
    }
  };
  apply(problem.w_support, factors.w);
  apply(problem.h_support, factors.h);
}

template <class T>
Factors<T> start_of(const FactorizeCall<T>& call, const FactorizeResult<T>& resolved,
                    const Loss& loss, const Units& units) {
  const FactorizeOptions& options = call.options;
  if (resolved.start == Start::given) {
    Factors<T> out = *call.given;
    scale_activations(out.h, units.exponent);
    return out;
  }
  // Made at unit peak, whatever the solver works at: a start takes square roots, and a louder
  // input is to give the same W to the bit.
  const ScaledData<T> at_unit_peak(call.problem.v, units.to_unit_peak,
                                   static_cast<T>(units.data_floor(loss, units.to_unit_peak)));
  const bool coarsely = resolved.solver == Solver::fast && call.plain_cells();
  const Index stride =
      coarsely ? stride_of_start(call.v().bins(), call.v().all_frames(), options, loss) : 1;
  Factors<T> out = start_of_every(
      at_unit_peak, stride, {resolved.start, options.num_components, options.seed, units.unit},
      call.reducer, call.control);
  extend_templates(out, options.template_frames);
  scale_activations(out.h, units.from_unit_peak());
  return out;
}

template <class T>
void make_silent(FactorizeResult<T>& out, const FactorizeCall<T>& call) {
  const FactorizeOptions& options = call.options;
  out.factors.w =
      options.start == Start::given
          ? call.given->w
          : Matrix<T>(call.v().bins(), options.num_components * options.template_frames);
  out.factors.h = Matrix<T>(options.num_components, call.v().frames());
  Factors<T>& factors = out.factors;
  if (options.normalize || options.start != Start::given)
    normalise_columns(factors, options.fixed_columns);
  out.objective = {0};
  out.stop_reason = StopReason::silent_input;
}

/// d(s x | s y) = s^beta d(x | y)
double objective_unit(const Loss& loss, const Units& units) {
  return std::exp2(-units.exponent * loss.beta);
}

/// The solver that was chosen, from the factors in `result`.
template <class T>
SolverOutcome run_solver(const kernels::Bf16Kernels* bf16, const FactorizeCall<T>& call,
                         const Loss& loss, const Units& units, FactorizeResult<T>& result) {
  const double unit = objective_unit(loss, units);
  const Regularisers<T> terms =
      regularisers_of<T>(call.options).scaled(units.from_unit_peak(), loss.beta);
  const auto run = [&](const ScaledData<T>& of, const FactorizeOptions& with,
                       const SolverOutcome* before) {
    const auto report = [&](Index iteration, double objective) {
      if (before != nullptr && iteration == 0) return;  // as the run before reported it
      const Index done = before != nullptr ? before->iterations : 0;
      call.on_iteration(done + iteration, unit * objective);
    };
    const auto callback = call.on_iteration ? IterationCallback(report) : IterationCallback();
    const Problem<T> problem{of,
                             loss,
                             terms,
                             call.options.fixed_columns,
                             call.reducer,
                             call.control,
                             call.problem.weights.get(),
                             call.plain_cells()};
    return result.solver == Solver::fast
               ? solve_fast(problem, with, result.factors, callback, before)
               : solve(problem, with, result.factors, callback, before);
  };
  FactorizeOptions resolved = call.options;
  resolved.solver = result.solver;
  resolved.start = result.start;
  const ScaledData<T> data(call.problem.v, units.exponent,
                           static_cast<T>(units.data_floor(loss, units.exponent)));
  if constexpr (std::is_same_v<T, float>) {
    if (call.options.product_precision == ProductPrecision::bf16 && bf16 != nullptr) {
      result.product_precision = ProductPrecision::bf16;
      return solve_rounded_first(data, *bf16, resolved, call.reducer, run);
    }
  }
  return run(data, resolved, nullptr);
}

/// The loss of a call, with its weights.
template <class T>
Loss loss_of(const FactorizeCall<T>& call, Solver solver) {
  Loss loss = loss_for(call.options, solver);
  loss.weighted = call.problem.weights != nullptr;
  if (!call.plain_cells()) loss.coordinate_descent = false;
  return loss;
}

/// The call with zeros where cells have no weight.
template <class T>
FactorizeCall<T> without_weightless_cells(const FactorizeCall<T>& call) {
  FactorizeCall<T> out = call;
  if (call.problem.weights) out.problem.v = masked_source(call.problem.v, call.problem.weights);
  return out;
}

}  // namespace

template <class T>
FactorizeResult<T> factorize_with(const kernels::Bf16Kernels* bf16, const FactorizeCall<T>& asked) {
  check_problem(asked);
  const FactorizeCall<T> call = without_weightless_cells(asked);
  const FactorizeOptions& options = call.options;
  FactorizeResult<T> result;
  result.solver = resolve_solver(options, call.plain_cells());
  result.start =
      resolve_start(options.start, options.num_components, call.v().bins(), call.v().all_frames());
  check_given(call.v(), options, call.given);
  const T peak = checked_peak(call.v(), call.reducer);
  if (peak == 0) {
    make_silent(result, call);
    return result;
  }
  if (!options.normalize && effective_beta(options.beta) <= 0)
    refuse_zeros(call.v(), options.beta, call.reducer);
  Loss loss = loss_of(call, result.solver);
  const Units units = choose_units(static_cast<double>(peak), options.normalize,
                                   regularisers_of<T>(options).keep_scale(), loss);
  result.factors = start_of(call, result, loss, units);
  apply_supports(call.problem, result.factors);
  SolverOutcome outcome = run_solver(bf16, call, loss, units, result);
  for (double& objective : outcome.objective) objective *= objective_unit(loss, units);
  result.objective = std::move(outcome.objective);
  result.iterations = outcome.iterations;
  result.bf16_iterations = outcome.rounded_iterations;
  result.stop_reason = outcome.stop_reason;
  if (options.normalize) {
    normalise_columns(result.factors, options.fixed_columns);
    apply_supports(call.problem, result.factors);  // a column of zeros has become flat
    scale_activations(result.factors.h, -units.exponent);
  }
  return result;
}

template FactorizeResult<float> factorize_with(const kernels::Bf16Kernels*,
                                               const FactorizeCall<float>&);
template FactorizeResult<double> factorize_with(const kernels::Bf16Kernels*,
                                                const FactorizeCall<double>&);

}  // namespace partwise::nmf
