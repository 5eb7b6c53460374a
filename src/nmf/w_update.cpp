#include <algorithm>
#include <cmath>
#include <kernels/denormals.hpp>
#include <kernels/kernel_table.hpp>
#include <memory>
#include <nmf/w_update.hpp>

namespace partwise::nmf {
namespace {

// Rows that one task updates, a multiple of every vector.
constexpr Index kRowBlock = 256;

// F K^2 below which one thread does it: the same as for a pass over the frames, not measured apart.
constexpr Index kSerialWork = 400'000;

std::unique_ptr<bool[]> to_array(const std::vector<bool>& flags) {
  if (flags.empty()) return nullptr;
  auto out = std::make_unique<bool[]>(flags.size());
  std::copy(flags.begin(), flags.end(), out.get());
  return out;
}

bool is_fixed(const std::vector<bool>& fixed, Index k) { return !fixed.empty() && fixed[k]; }

/// What coordinate descent reads, in T: H H' + curvature I [K x K] and V H' - push [F x K].
template <class T>
struct DescentSums {
  DescentSums(const PassSums& sums, const FactorBound& bound)
      : gram(sums.gram.rows, sums.gram.cols),
        correlation(sums.numerator.rows, sums.numerator.cols) {
    for (Index c = 0; c < gram.cols(); ++c) {
      for (Index r = 0; r < gram.rows(); ++r) gram(r, c) = static_cast<T>(sums.gram(r, c));
      gram(c, c) = static_cast<T>(sums.gram(c, c) + bound.curvature[c]);
      for (Index f = 0; f < correlation.rows(); ++f) {
        correlation(f, c) = static_cast<T>(sums.numerator(f, c) - bound.push[c]);
      }
    }
  }
  Matrix<T> gram, correlation;
};

/// What a multiplicative update divides by, before penalties [F x K].
template <class T>
Matrix<T> denominators(const Matrix<T>& w, const PassSums& sums, const Loss& loss) {
  Matrix<T> out(w.rows(), w.cols());
  if (loss.frobenius()) {
    Matrix<T> gram(w.cols(), w.cols());
    for (Index c = 0; c < w.cols(); ++c) {
      for (Index r = 0; r < w.cols(); ++r) gram(r, c) = static_cast<T>(sums.gram(r, c));
    }
    kernels::kernel_table<T>().multiply({w.data(), w.stride(), gram.data(), 1, gram.stride(),
                                         out.data(), out.stride(), w.rows(), w.cols(), w.cols()});
    return out;
  }
  for (Index k = 0; k < w.cols(); ++k) {
    T* column = out.column(k);
    if (loss.kullback_leibler()) {
      std::fill_n(column, w.rows(), static_cast<T>(sums.h_sums[k]));
    } else {
      for (Index f = 0; f < w.rows(); ++f) column[f] = static_cast<T>(sums.denominator(f, k));
    }
  }
  return out;
}

template <class T>
void multiply_w(Matrix<T>& w, const PassSums& sums, const Problem<T>& problem, double exponent,
                double zero_below) {
  const Matrix<T> below = denominators(w, sums, problem.loss);
  const FactorBound bound = problem.regularisers.bound_w(w.cols());
  const auto floor = static_cast<T>(zero_below);
  for (Index k = 0; k < w.cols(); ++k) {
    if (is_fixed(problem.fixed_columns, k)) continue;
    const auto push = static_cast<T>(bound.push[k]);
    const auto curvature = static_cast<T>(bound.curvature[k]);
    for (Index f = 0; f < w.rows(); ++f) {
      const T old = w(f, k);
      T divisor = below(f, k) + push + curvature * old;
      if (divisor == 0) divisor = static_cast<T>(kEpsilon);
      T factor = static_cast<T>(sums.numerator(f, k)) / divisor;
      if (exponent != 1) factor = std::pow(factor, static_cast<T>(exponent));
      const T value = old * factor;
      w(f, k) = value < floor ? T{0} : value;
    }
  }
}

}  // namespace

template <class T>
double update_w(Matrix<T>& w, const PassSums& sums, const Problem<T>& problem, double exponent,
                double zero_below) {
  if (!problem.loss.coordinate_descent) {
    const kernels::FlushDenormals flush;
    multiply_w(w, sums, problem, exponent, zero_below);
    return 0;
  }
  const DescentSums<T> descent(sums, problem.regularisers.bound_w(w.cols()));
  const std::unique_ptr<bool[]> keep = to_array(problem.fixed_columns);
  const Index blocks = (w.rows() + kRowBlock - 1) / kRowBlock;
  std::vector<double> violations(static_cast<std::size_t>(blocks));
  const auto task = [&](Index block) {
    const kernels::FlushDenormals flush;
    const Index first = block * kRowBlock;
    violations[block] = kernels::kernel_table<T>().descend_templates(
        {descent.gram.data(), descent.gram.stride(), descent.correlation.data() + first,
         descent.correlation.stride(), w.data() + first, w.stride(), keep.get(),
         std::min(kRowBlock, w.rows() - first), w.cols(), /*sweeps=*/1});
  };
  if (w.rows() * w.cols() * w.cols() > kSerialWork) {
    problem.reducer.for_each(blocks, task);
  } else {
    for (Index block = 0; block < blocks; ++block) task(block);
  }
  double sum = 0;
  for (const double violation : violations) sum += violation;
  return sum;
}

template double update_w(Matrix<float>&, const PassSums&, const Problem<float>&, double, double);
template double update_w(Matrix<double>&, const PassSums&, const Problem<double>&, double, double);

}  // namespace partwise::nmf
