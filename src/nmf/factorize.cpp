#include <algorithm>
#include <cmath>
#include <nmf/check_arguments.hpp>
#include <nmf/coarse_to_fine.hpp>
#include <nmf/data_source.hpp>
#include <nmf/factorize_with.hpp>
#include <nmf/fast_solver.hpp>
#include <nmf/loss.hpp>
#include <nmf/rounded_first.hpp>
#include <nmf/shifts.hpp>
#include <nmf/solver.hpp>
#include <nmf/starts.hpp>
#include <partwise/factorize.hpp>
#include <string>
#include <type_traits>

namespace partwise {
namespace {

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

/// The distance of the frames that the start is made of: those that the fast solver begins with, if
/// the start is its own choice.
template <class T>
Index stride_of_start(MatrixView<const T> v, const FactorizeOptions& options, Solver solver) {
  if (solver != Solver::fast || options.start != Start::automatic) return 1;
  return nmf::plan_coarse(v.rows, v.cols, options.num_components, nmf::loss_for(options, solver),
                          {})
      .coarsest();
}

/// A start made of every `stride`-th frame; the frames between have the H of the one before.
template <class T>
Factors<T> start_of_every(const nmf::DataSource<T>& data, Index stride, Start start,
                          const FactorizeOptions& options, double unit, Reducer& reducer,
                          const RunControl& control) {
  const auto make = [&](const nmf::DataSource<T>& from) {
    return nmf::start_factors(from, start, options.num_components, options.seed, unit, reducer,
                              control);
  };
  if (stride == 1) return make(data);
  Factors<T> coarse = make(data.every(stride));
  Factors<T> out{std::move(coarse.w), Matrix<T>(options.num_components, data.frames())};
  for (Index n = 0; n < out.h.cols(); ++n) {
    std::copy_n(coarse.h.column(n / stride), out.h.rows(), out.h.column(n));
  }
  return out;
}

/// 2^e brings `peak` into [0.5, 1).
template <class T>
int exponent_for(T peak) {
  int exponent = 0;
  std::frexp(peak, &exponent);
  return -exponent;
}

template <class T>
void scale_activations(Matrix<T>& h, int exponent) {
  if (exponent == 0) return;
  for (Index c = 0; c < h.cols(); ++c) {
    for (Index k = 0; k < h.rows(); ++k) h(k, c) = std::ldexp(h(k, c), exponent);
  }
}

/// Unit sums for the free columns of W; H carries the scale. A column of zeros becomes flat and
/// silent.
template <class T>
void normalise_columns(Factors<T>& factors, const std::vector<bool>& fixed) {
  for (Index k = 0; k < factors.h.rows(); ++k) {
    if (!fixed.empty() && fixed[k]) continue;
    double sum = 0;
    const auto for_template = [&](const auto& visit) {
      for (Index column = k; column < factors.w.cols(); column += factors.h.rows()) {
        for (T& x : factors.w.view().column_span(column)) visit(x);
      }
    };
    for_template([&](T x) { sum += static_cast<double>(x); });
    if (sum > 0) {
      for_template([sum](T& x) { x = static_cast<T>(static_cast<double>(x) / sum); });
    } else {
      const auto cells =
          static_cast<double>(factors.w.rows() * factors.w.cols() / factors.h.rows());
      for_template([cells](T& x) { x = static_cast<T>(1 / cells); });
    }
    for (Index n = 0; n < factors.h.cols(); ++n) {
      factors.h(k, n) = static_cast<T>(static_cast<double>(factors.h(k, n)) * sum);
    }
  }
}

template <class T>
FactorizeResult<T> silent_result(MatrixView<const T> v, const FactorizeOptions& options,
                                 const Factors<T>* given) {
  FactorizeResult<T> out;
  out.factors.w = given != nullptr && options.start == Start::given
                      ? given->w
                      : Matrix<T>(v.rows, options.num_components * options.template_frames);
  out.factors.h = Matrix<T>(options.num_components, v.cols);
  Factors<T>& factors = out.factors;
  if (options.normalize || options.start != Start::given)
    normalise_columns(factors, options.fixed_columns);
  out.objective = {0};
  out.stop_reason = StopReason::silent_input;
  return out;
}

}  // namespace

template <class T>
double FactorizeResult<T>::reconstruction_error() const {
  return objective.empty() ? 0 : std::sqrt(2 * std::max(objective.back(), 0.0));
}

template <class T>
FactorizeResult<T> nmf::factorize_with(const kernels::Bf16Kernels* bf16, MatrixView<const T> v,
                                       const FactorizeOptions& options, const Factors<T>* given,
                                       Reducer& reducer, const RunControl& control,
                                       const IterationCallback& on_iteration) {
  validate(options);
  nmf::check_precision<T>(options);
  if (v.rows < 1 || v.cols < 1) {
    nmf::refuse("V", "[" + std::to_string(v.rows) + " x " + std::to_string(v.cols) + "]",
                "at least one bin and one frame");
  }
  const Solver solver = resolve(options.solver, options);
  const Start start = resolve(options.start, options.num_components, v.rows, v.cols);
  nmf::check_given(v, options, given);
  const T peak = nmf::checked_peak(v);
  if (peak == 0) {
    FactorizeResult<T> silent = silent_result(v, options, given);
    silent.solver = solver;
    silent.start = start;
    return silent;
  }
  if (!options.normalize && nmf::effective_beta(options.beta) <= 0)
    nmf::refuse_zeros(v, options.beta);

  nmf::Loss loss = nmf::loss_for(options, solver);
  const int to_unit_peak = options.normalize ? exponent_for(peak) : 0;
  const int exponent = nmf::bring_to_data(loss, to_unit_peak) ? 0 : to_unit_peak;
  // What is absolute in scikit-learn's rules becomes relative to the peak.
  const double unit = options.normalize ? std::ldexp(static_cast<double>(peak), to_unit_peak) : 1.0;
  const nmf::DataSource<T> data(
      v, exponent, static_cast<T>(std::ldexp(loss.data_floor * unit, exponent - to_unit_peak)));
  FactorizeOptions resolved = options;
  resolved.solver = solver;
  resolved.start = start;
  FactorizeResult<T> result;
  result.solver = solver;
  result.start = start;
  if (start == Start::given) {
    result.factors = *given;
    scale_activations(result.factors.h, exponent);
  } else {
    // Made at unit peak, whatever the solver works at: a start takes square roots, and a louder
    // input is to give the same W to the bit.
    const nmf::DataSource<T> at_unit_peak(v, to_unit_peak, static_cast<T>(loss.data_floor * unit));
    result.factors = start_of_every(at_unit_peak, stride_of_start(v, options, solver), start,
                                    options, unit, reducer, control);
    nmf::extend_templates(result.factors, options.template_frames);
    scale_activations(result.factors.h, exponent - to_unit_peak);
  }
  // d(s x | s y) = s^beta d(x | y)
  const double objective_unit = std::exp2(-exponent * loss.beta);
  const auto solve = [&](const nmf::DataSource<T>& of, const FactorizeOptions& with,
                         const nmf::SolverOutcome* before) {
    const auto report = [&](Index iteration, double objective) {
      if (before != nullptr && iteration == 0) return;  // as the run before reported it
      const Index done = before != nullptr ? before->iterations : 0;
      on_iteration(done + iteration, objective_unit * objective);
    };
    const auto callback = on_iteration ? IterationCallback(report) : IterationCallback();
    const nmf::Problem<T> problem{of, loss, options.fixed_columns, reducer, control};
    return solver == Solver::fast ? nmf::solve_fast(problem, with, result.factors, callback, before)
                                  : nmf::solve(problem, with, result.factors, callback, before);
  };
  nmf::SolverOutcome outcome;
  if constexpr (std::is_same_v<T, float>) {
    if (options.product_precision == ProductPrecision::bf16 && bf16 != nullptr) {
      outcome = nmf::solve_rounded_first(data, *bf16, resolved, reducer, solve);
      result.product_precision = ProductPrecision::bf16;
    }
  }
  if (result.product_precision == ProductPrecision::full) outcome = solve(data, resolved, nullptr);
  for (double& objective : outcome.objective) objective *= objective_unit;
  result.objective = std::move(outcome.objective);
  result.iterations = outcome.iterations;
  result.bf16_iterations = outcome.rounded_iterations;
  result.stop_reason = outcome.stop_reason;
  if (options.normalize) {
    normalise_columns(result.factors, options.fixed_columns);
    scale_activations(result.factors.h, -exponent);
  }
  return result;
}

template <class T>
FactorizeResult<T> factorize(MatrixView<const T> v, const FactorizeOptions& options,
                             const Factors<T>* given, Reducer& reducer, const RunControl& control,
                             const IterationCallback& on_iteration) {
  const bool asked = options.product_precision == ProductPrecision::bf16;
  return nmf::factorize_with(asked ? kernels::bf16_tile_kernels() : nullptr, v, options, given,
                             reducer, control, on_iteration);
}

template <class T>
Factors<T> make_start(MatrixView<const T> v, Start start, Index num_components, std::uint32_t seed,
                      Reducer& reducer) {
  FactorizeOptions options;
  options.num_components = num_components;
  validate(options);
  const Start resolved = resolve(start, num_components, v.rows, v.cols);
  if (resolved == Start::given)
    throw Error(ErrorCode::usage, "start = given, expected a start to make");
  (void)nmf::checked_peak(v);
  const nmf::DataSource<T> data(v, 0, T{0});
  constexpr double kAbsoluteUnit = 1;
  const RunControl never_stops;
  return nmf::start_factors(data, resolved, num_components, seed, kAbsoluteUnit, reducer,
                            never_stops);
}

template struct FactorizeResult<float>;
template struct FactorizeResult<double>;
template FactorizeResult<float> nmf::factorize_with(const kernels::Bf16Kernels*,
                                                    MatrixView<const float>,
                                                    const FactorizeOptions&, const Factors<float>*,
                                                    Reducer&, const RunControl&,
                                                    const IterationCallback&);
template FactorizeResult<float> factorize(MatrixView<const float>, const FactorizeOptions&,
                                          const Factors<float>*, Reducer&, const RunControl&,
                                          const IterationCallback&);
template FactorizeResult<double> factorize(MatrixView<const double>, const FactorizeOptions&,
                                           const Factors<double>*, Reducer&, const RunControl&,
                                           const IterationCallback&);
template Factors<float> make_start(MatrixView<const float>, Start, Index, std::uint32_t, Reducer&);
template Factors<double> make_start(MatrixView<const double>, Start, Index, std::uint32_t,
                                    Reducer&);

}  // namespace partwise
