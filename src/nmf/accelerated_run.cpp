#include <nmf/accelerated_run.hpp>

namespace partwise::nmf {

template <class T>
std::unique_ptr<AcceleratedRun<T>> accelerated_run(const Problem<T>& problem, Factors<T>& factors) {
  return problem.loss.coordinate_descent ? accelerated_descent(problem, factors)
                                         : accelerated_multiplication(problem, factors);
}

template std::unique_ptr<AcceleratedRun<float>> accelerated_run(const Problem<float>&,
                                                                Factors<float>&);
template std::unique_ptr<AcceleratedRun<double>> accelerated_run(const Problem<double>&,
                                                                 Factors<double>&);

}  // namespace partwise::nmf
