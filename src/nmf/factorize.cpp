#include <algorithm>
#include <cmath>
#include <nmf/check_arguments.hpp>
#include <nmf/factorize_with.hpp>
#include <nmf/resolve_options.hpp>
#include <nmf/starts.hpp>

namespace partwise {

template <class T>
double FactorizeResult<T>::reconstruction_error() const {
  return objective.empty() ? 0 : std::sqrt(2 * std::max(objective.back(), 0.0));
}

template <class T>
FactorizeResult<T> factorize(const FactorizeProblem<T>& problem, const FactorizeOptions& options,
                             const Factors<T>* given, Reducer& reducer, const RunControl& control,
                             const IterationCallback& on_iteration) {
  const bool asked = options.product_precision == ProductPrecision::bf16;
  return nmf::factorize_with<T>(asked ? kernels::bf16_tile_kernels() : nullptr,
                                {problem, options, given, reducer, control, on_iteration});
}

template <class T>
FactorizeResult<T> factorize(MatrixView<const T> v, const FactorizeOptions& options,
                             const Factors<T>* given, Reducer& reducer, const RunControl& control,
                             const IterationCallback& on_iteration) {
  const FactorizeProblem<T> problem{matrix_source(v), nullptr, {}, {}};
  return factorize(problem, options, given, reducer, control, on_iteration);
}

template <class T>
FactorizeResult<T> factorize(const DataSource<T>& v, const FactorizeOptions& options,
                             const Factors<T>* given, Reducer& reducer, const RunControl& control,
                             const IterationCallback& on_iteration) {
  const std::shared_ptr<const DataSource<T>> not_owned(std::shared_ptr<void>(), &v);
  const FactorizeProblem<T> problem{not_owned, nullptr, {}, {}};
  return factorize(problem, options, given, reducer, control, on_iteration);
}

template <class T>
Factors<T> make_start(MatrixView<const T> v, Start start, Index num_components, std::uint32_t seed,
                      Reducer& reducer) {
  FactorizeOptions options;
  options.num_components = num_components;
  validate(options);
  const Start resolved = nmf::resolve_start(start, num_components, v.rows, v.cols);
  if (resolved == Start::given) throw bad_argument("start", "given", "a start to make");
  const auto source = matrix_source(v);
  (void)nmf::checked_peak(*source, reducer);
  const RunControl never_stops;
  return nmf::start_factors(nmf::ScaledData<T>(source, 0, T{0}), {resolved, num_components, seed},
                            reducer, never_stops);
}

template struct FactorizeResult<float>;
template FactorizeResult<float> factorize(const FactorizeProblem<float>&, const FactorizeOptions&,
                                          const Factors<float>*, Reducer&, const RunControl&,
                                          const IterationCallback&);
template struct FactorizeResult<double>;
template FactorizeResult<double> factorize(const FactorizeProblem<double>&, const FactorizeOptions&,
                                           const Factors<double>*, Reducer&, const RunControl&,
                                           const IterationCallback&);
template FactorizeResult<float> factorize(MatrixView<const float>, const FactorizeOptions&,
                                          const Factors<float>*, Reducer&, const RunControl&,
                                          const IterationCallback&);
template FactorizeResult<float> factorize(const DataSource<float>&, const FactorizeOptions&,
                                          const Factors<float>*, Reducer&, const RunControl&,
                                          const IterationCallback&);
template Factors<float> make_start(MatrixView<const float>, Start, Index, std::uint32_t, Reducer&);
template FactorizeResult<double> factorize(MatrixView<const double>, const FactorizeOptions&,
                                           const Factors<double>*, Reducer&, const RunControl&,
                                           const IterationCallback&);
template FactorizeResult<double> factorize(const DataSource<double>&, const FactorizeOptions&,
                                           const Factors<double>*, Reducer&, const RunControl&,
                                           const IterationCallback&);
template Factors<double> make_start(MatrixView<const double>, Start, Index, std::uint32_t,
                                    Reducer&);

}  // namespace partwise
