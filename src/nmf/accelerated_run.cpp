#include <nmf/accelerated_run.hpp>

namespace partwise::nmf {
namespace {

template <class T>
double penalty_of_factor(const Matrix<T>& factor, double l1, double l2) {
  if (l1 == 0 && l2 == 0) return 0;
  double sum = 0, squares = 0;
  for (Index c = 0; c < factor.cols(); ++c) {
    for (const T value : factor.view().column_span(c)) {
      const auto x = static_cast<double>(value);
      sum += x;
      squares += x * x;
    }
  }
  return l1 * sum + l2 / 2 * squares;
}

}  // namespace

template <class T>
double penalty_of(const Penalties& penalties, const Matrix<T>& w, const Matrix<T>& h,
                  Reducer& reducer) {
  return penalty_of_factor(w, penalties.l1_w, penalties.l2_w) +
         reducer.reduce(penalty_of_factor(h, penalties.l1_h, penalties.l2_h));
}

template <class T>
std::unique_ptr<AcceleratedRun<T>> accelerated_run(const Problem<T>& problem, Factors<T>& factors) {
  return problem.loss.coordinate_descent ? accelerated_descent(problem, factors)
                                         : accelerated_multiplication(problem, factors);
}

template double penalty_of(const Penalties&, const Matrix<float>&, const Matrix<float>&, Reducer&);
template double penalty_of(const Penalties&, const Matrix<double>&, const Matrix<double>&,
                           Reducer&);
template std::unique_ptr<AcceleratedRun<float>> accelerated_run(const Problem<float>&,
                                                                Factors<float>&);
template std::unique_ptr<AcceleratedRun<double>> accelerated_run(const Problem<double>&,
                                                                 Factors<double>&);

}  // namespace partwise::nmf
