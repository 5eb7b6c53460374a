#include <algorithm>
#include <cmath>
#include <nmf/check_arguments.hpp>
#include <nmf/coarse_to_fine.hpp>
#include <nmf/factorize_with.hpp>
#include <nmf/fast_solver.hpp>
#include <nmf/loss.hpp>
#include <nmf/rounded_first.hpp>
#include <nmf/scaled_data.hpp>
#include <nmf/shifts.hpp>
#include <nmf/solver.hpp>
#include <nmf/starts.hpp>
#include <nmf/units.hpp>
#include <partwise/factorize.hpp>
#include <string>
#include <type_traits>

namespace partwise {
namespace {

using nmf::FactorizeCall;

bool is_nndsvd(Start start) {
  return start == Start::nndsvd || start == Start::nndsvda || start == Start::nndsvdar;
}

Solver resolve(Solver solver, const FactorizeOptions& options) {
  if (solver != Solver::automatic) return solver;
  if (options.template_frames > 1) return Solver::mu;
  if (options.normalize) return Solver::fast;
  return options.beta == 2 ? Solver::cd : Solver::mu;
}

Start resolve(Start start, Index num_components, Index bins, Index frames) {
  const Index most = std::min(bins, frames);
  if (start == Start::automatic) return num_components <= most ? Start::nndsvda : Start::random;
  if (is_nndsvd(start) && num_components > most) {
    nmf::refuse(
        "num_components", std::to_string(num_components),
        "at most " + std::to_string(most) +
            " (the smaller of bins and frames) for an nndsvd start; a random start takes more");
  }
  return start;
}

template <class T>
void check_call(const FactorizeCall<T>& call) {
  validate(call.options);
  nmf::check_precision<T>(call.options);
  if (call.v->bins() < 1 || call.v->all_frames() < 1) {
    nmf::refuse(
        "V", "[" + std::to_string(call.v->bins()) + " x " + std::to_string(call.v->frames()) + "]",
        "at least one bin and one frame");
  }
  if (call.options.continuity > 0 && call.v->frames() != call.v->all_frames()) {
    throw Error(ErrorCode::usage,
                "continuity > 0 needs all frames in one process: it compares neighbours");
  }
  if (call.options.template_frames > 1 && call.v->frames() != call.v->all_frames()) {
    throw Error(ErrorCode::usage,
                "template_frames > 1 needs all frames in one process: an activation acts on frames "
                "of the next one");
  }
}

/// The distance of the frames that the start is made of: those that the fast solver begins with, if
/// the start is its own choice.
Index stride_of_start(Index bins, Index frames, const FactorizeOptions& options, Solver solver) {
  if (solver != Solver::fast || options.start != Start::automatic) return 1;
  return nmf::plan_coarse(bins, frames, *options.num_components, nmf::loss_for(options, solver), {})
      .coarsest();
}

template <class T>
Factors<T> start_of(const FactorizeCall<T>& call, const FactorizeResult<T>& resolved,
                    const nmf::Loss& loss, const nmf::Units& units) {
  const FactorizeOptions& options = call.options;
  if (resolved.start == Start::given) {
    Factors<T> out = *call.given;
    nmf::scale_activations(out.h, units.exponent);
    return out;
  }
  // Made at unit peak, whatever the solver works at: a start takes square roots, and a louder
  // input is to give the same W to the bit.
  const nmf::ScaledData<T> at_unit_peak(call.v, units.to_unit_peak,
                                        static_cast<T>(units.data_floor(loss, units.to_unit_peak)));
  const Index stride =
      stride_of_start(call.v->bins(), call.v->all_frames(), options, resolved.solver);
  Factors<T> out = nmf::start_of_every(
      at_unit_peak, stride, {resolved.start, *options.num_components, options.seed, units.unit},
      call.reducer, call.control);
  nmf::extend_templates(out, options.template_frames);
  nmf::scale_activations(out.h, units.from_unit_peak());
  return out;
}

template <class T>
void make_silent(FactorizeResult<T>& out, const FactorizeCall<T>& call) {
  const FactorizeOptions& options = call.options;
  out.factors.w =
      options.start == Start::given
          ? call.given->w
          : Matrix<T>(call.v->bins(), *options.num_components * options.template_frames);
  out.factors.h = Matrix<T>(*options.num_components, call.v->frames());
  Factors<T>& factors = out.factors;
  if (options.normalize || options.start != Start::given)
    nmf::normalise_columns(factors, options.fixed_columns);
  out.objective = {0};
  out.stop_reason = StopReason::silent_input;
}

/// d(s x | s y) = s^beta d(x | y)
double objective_unit(const nmf::Loss& loss, const nmf::Units& units) {
  return std::exp2(-units.exponent * loss.beta);
}

/// The solver that was chosen, from the factors in `result`.
template <class T>
nmf::SolverOutcome run_solver(const kernels::Bf16Kernels* bf16, const FactorizeCall<T>& call,
                              const nmf::Loss& loss, const nmf::Units& units,
                              FactorizeResult<T>& result) {
  const double unit = objective_unit(loss, units);
  const nmf::Regularisers<T> terms =
      nmf::regularisers_of<T>(call.options).scaled(units.from_unit_peak(), loss.beta);
  const auto solve = [&](const nmf::ScaledData<T>& of, const FactorizeOptions& with,
                         const nmf::SolverOutcome* before) {
    const auto report = [&](Index iteration, double objective) {
      if (before != nullptr && iteration == 0) return;  // as the run before reported it
      const Index done = before != nullptr ? before->iterations : 0;
      call.on_iteration(done + iteration, unit * objective);
    };
    const auto callback = call.on_iteration ? IterationCallback(report) : IterationCallback();
    const nmf::Problem<T> problem{of,           loss,        terms, call.options.fixed_columns,
                                  call.reducer, call.control};
    return result.solver == Solver::fast
               ? nmf::solve_fast(problem, with, result.factors, callback, before)
               : nmf::solve(problem, with, result.factors, callback, before);
  };
  FactorizeOptions resolved = call.options;
  resolved.solver = result.solver;
  resolved.start = result.start;
  const nmf::ScaledData<T> data(call.v, units.exponent,
                                static_cast<T>(units.data_floor(loss, units.exponent)));
  if constexpr (std::is_same_v<T, float>) {
    if (call.options.product_precision == ProductPrecision::bf16 && bf16 != nullptr) {
      result.product_precision = ProductPrecision::bf16;
      return nmf::solve_rounded_first(data, *bf16, resolved, call.reducer, solve);
    }
  }
  return solve(data, resolved, nullptr);
}

}  // namespace

template <class T>
double FactorizeResult<T>::reconstruction_error() const {
  return objective.empty() ? 0 : std::sqrt(2 * std::max(objective.back(), 0.0));
}

template <class T>
FactorizeResult<T> nmf::factorize_with(const kernels::Bf16Kernels* bf16,
                                       const FactorizeCall<T>& asked) {
  FactorizeCall<T> call = asked;
  call.options = with_defaults(asked.options);
  const FactorizeOptions& options = call.options;
  check_call(call);
  FactorizeResult<T> result;
  result.solver = resolve(options.solver, options);
  result.start =
      resolve(options.start, *options.num_components, call.v->bins(), call.v->all_frames());
  check_given(*call.v, options, call.given);
  const T peak = checked_peak(*call.v, call.reducer);
  if (peak == 0) {
    make_silent(result, call);
    return result;
  }
  if (!options.normalize && effective_beta(options.beta) <= 0)
    refuse_zeros(*call.v, options.beta, call.reducer);
  Loss loss = loss_for(options, result.solver);
  const Units units = choose_units(static_cast<double>(peak), options.normalize, loss);
  result.factors = start_of(call, result, loss, units);
  SolverOutcome outcome = run_solver(bf16, call, loss, units, result);
  for (double& objective : outcome.objective) objective *= objective_unit(loss, units);
  result.objective = std::move(outcome.objective);
  result.iterations = outcome.iterations;
  result.bf16_iterations = outcome.rounded_iterations;
  result.stop_reason = outcome.stop_reason;
  if (options.normalize) {
    normalise_columns(result.factors, options.fixed_columns);
    scale_activations(result.factors.h, -units.exponent);
  }
  return result;
}

namespace {

template <class T>
FactorizeResult<T> factorize_call(const FactorizeCall<T>& call) {
  const bool asked = call.options.product_precision == ProductPrecision::bf16;
  return nmf::factorize_with(asked ? kernels::bf16_tile_kernels() : nullptr, call);
}

}  // namespace

template <class T>
FactorizeResult<T> factorize(MatrixView<const T> v, const FactorizeOptions& options,
                             const Factors<T>* given, Reducer& reducer, const RunControl& control,
                             const IterationCallback& on_iteration) {
  return factorize_call<T>({matrix_source(v), options, given, reducer, control, on_iteration});
}

template <class T>
FactorizeResult<T> factorize(const DataSource<T>& v, const FactorizeOptions& options,
                             const Factors<T>* given, Reducer& reducer, const RunControl& control,
                             const IterationCallback& on_iteration) {
  const std::shared_ptr<const DataSource<T>> not_owned(std::shared_ptr<void>(), &v);
  return factorize_call<T>({not_owned, options, given, reducer, control, on_iteration});
}

template <class T>
Factors<T> make_start(MatrixView<const T> v, Start start, Index num_components, std::uint32_t seed,
                      Reducer& reducer) {
  FactorizeOptions options;
  options.num_components = num_components;
  validate(options);
  const Start resolved = resolve(start, num_components, v.rows, v.cols);
  if (resolved == Start::given) throw bad_argument("start", "given", "a start to make");
  const auto source = matrix_source(v);
  (void)nmf::checked_peak(*source, reducer);
  const RunControl never_stops;
  return nmf::start_factors(nmf::ScaledData<T>(source, 0, T{0}), {resolved, num_components, seed},
                            reducer, never_stops);
}

template struct FactorizeResult<float>;
template struct FactorizeResult<double>;
template FactorizeResult<float> nmf::factorize_with(const kernels::Bf16Kernels*,
                                                    const FactorizeCall<float>&);
template FactorizeResult<float> factorize(MatrixView<const float>, const FactorizeOptions&,
                                          const Factors<float>*, Reducer&, const RunControl&,
                                          const IterationCallback&);
template FactorizeResult<float> factorize(const DataSource<float>&, const FactorizeOptions&,
                                          const Factors<float>*, Reducer&, const RunControl&,
                                          const IterationCallback&);
template Factors<float> make_start(MatrixView<const float>, Start, Index, std::uint32_t, Reducer&);
template FactorizeResult<double> nmf::factorize_with(const kernels::Bf16Kernels*,
                                                     const FactorizeCall<double>&);
template FactorizeResult<double> factorize(MatrixView<const double>, const FactorizeOptions&,
                                           const Factors<double>*, Reducer&, const RunControl&,
                                           const IterationCallback&);
template FactorizeResult<double> factorize(const DataSource<double>&, const FactorizeOptions&,
                                           const Factors<double>*, Reducer&, const RunControl&,
                                           const IterationCallback&);
template Factors<double> make_start(MatrixView<const double>, Start, Index, std::uint32_t,
                                    Reducer&);

}  // namespace partwise
