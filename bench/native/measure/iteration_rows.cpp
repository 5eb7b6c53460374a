#include <measure/iteration_rows.hpp>
#include <measure/test_data.hpp>
#include <partwise/factorize.hpp>

namespace partwise::bench {
namespace {

/// A loss, its plain solver, and the least arithmetic of one of its iterations for each cell of V.
struct LossRow {
  const char* name;
  double beta;
  Solver solver;
  double products;     ///< multiply-adds for each component
  double reciprocals;  ///< of the model
};

// Frobenius: W'V and VH'. The others: the model twice, once for each factor, and the products with
// the numerators; Itakura-Saito also those with the denominators. Logarithms of an objective, sums
// in double and the updates themselves are not in the bound.
constexpr LossRow kLosses[] = {{"Frobenius cd", 2, Solver::cd, 2, 0},
                               {"KL mu", 1, Solver::mu, 4, 2},
                               {"IS mu", 0, Solver::mu, 6, 2}};

double seconds_an_iteration(const Matrix<float>& v, const LossRow& loss, Index components,
                            Index iterations) {
  FactorizeOptions options;
  options.num_components = components;
  options.beta = loss.beta;
  options.solver = loss.solver;
  options.start = Start::given;
  options.max_iterations = iterations;
  options.tolerance = 0;
  const Factors<float> start{positive_matrix(v.rows(), components, 5),
                             positive_matrix(components, v.cols(), 6)};
  Reducer serial(1);
  const RunControl control;
  std::vector<double> seconds;
  Clock::time_point last = Clock::now();
  const auto note = [&](Index iteration, double) {
    // The first iteration touches memory that nobody had before; it is left out.
    if (iteration > 1) seconds.push_back(seconds_since(last));
    last = Clock::now();
  };
  static_cast<void>(factorize<float>(v, options, &start, serial, control, note));
  return median(std::move(seconds));
}

}  // namespace

std::vector<IterationRow> iteration_rows(Index frames, const std::vector<Index>& components,
                                         Index iterations, const MachineLimits& limits,
                                         const TimingPlan& plan) {
  const Matrix<float> v = positive_matrix(kBins, frames, 4);
  const double memory_s = time_read(v, plan);
  const double cells = static_cast<double>(kBins * frames);
  std::vector<IterationRow> rows;
  for (const LossRow& loss : kLosses) {
    for (const Index k : components) {
      IterationRow row{loss.name, frames, k};
      row.seconds = seconds_an_iteration(v, loss, k, iterations);
      row.memory_bound_s = memory_s;
      row.compute_bound_s =
          2 * loss.products * cells * static_cast<double>(k) / limits.flops_per_s +
          loss.reciprocals * cells / limits.reciprocals_per_s;
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace partwise::bench
