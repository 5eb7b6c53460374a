#include <algorithm>
#include <cmath>
#include <kernels/denormals.hpp>
#include <kernels/kernel_table.hpp>
#include <nmf/w_update.hpp>

namespace partwise::nmf {
namespace {

// Rows that one task updates: a column's stretch stays in the first cache for every component.
constexpr Index kRowBlock = 256;

// F K^2 below which one thread does it: the same as for a pass over the frames, not measured apart.
constexpr Index kSerialWork = 400'000;

bool is_fixed(const std::vector<bool>& fixed, Index k) { return !fixed.empty() && fixed[k]; }

/// Coordinate descent on rows [first, first + count) of W, vectorised over rows.
template <class T>
double descend_rows(Matrix<T>& w, const PassSums& sums, const Loss& loss,
                    const std::vector<bool>& fixed, Index first, Index count) {
  T gradient[kRowBlock];
  double violation = 0;
  for (Index t = 0; t < w.cols(); ++t) {
    if (is_fixed(fixed, t)) continue;
    const double* correlation = sums.numerator.column(t) + first;
    for (Index r = 0; r < count; ++r) {
      gradient[r] = static_cast<T>(loss.penalties.l1_w - correlation[r]);
    }
    for (Index k = 0; k < w.cols(); ++k) {
      const auto g = static_cast<T>(sums.gram(k, t) + (k == t ? loss.penalties.l2_w : 0.0));
      const T* column = w.column(k) + first;
      for (Index r = 0; r < count; ++r) gradient[r] += column[r] * g;
    }
    T* column = w.column(t) + first;
    const auto curvature = static_cast<T>(sums.gram(t, t) + loss.penalties.l2_w);
    for (Index r = 0; r < count; ++r) {
      const T slope = column[r] == 0 ? std::min(gradient[r], T{0}) : gradient[r];
      violation += std::abs(static_cast<double>(slope));
    }
    if (curvature == 0) continue;
    for (Index r = 0; r < count; ++r)
      column[r] = std::max(column[r] - gradient[r] / curvature, T{0});
  }
  return violation;
}

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
    if (loss.beta == 1) {
      std::fill_n(column, w.rows(), static_cast<T>(sums.h_sums[k]));
    } else {
      for (Index f = 0; f < w.rows(); ++f) column[f] = static_cast<T>(sums.denominator(f, k));
    }
  }
  return out;
}

template <class T>
void multiply_w(Matrix<T>& w, const PassSums& sums, const Loss& loss,
                const std::vector<bool>& fixed, double zero_below) {
  const Matrix<T> below = denominators(w, sums, loss);
  const auto l1 = static_cast<T>(loss.penalties.l1_w);
  const auto l2 = static_cast<T>(loss.penalties.l2_w);
  const auto floor = static_cast<T>(zero_below);
  for (Index k = 0; k < w.cols(); ++k) {
    if (is_fixed(fixed, k)) continue;
    for (Index f = 0; f < w.rows(); ++f) {
      const T old = w(f, k);
      T divisor = below(f, k) + l1 + l2 * old;
      if (divisor == 0) divisor = static_cast<T>(kEpsilon);
      T factor = static_cast<T>(sums.numerator(f, k)) / divisor;
      if (loss.exponent != 1) factor = std::pow(factor, static_cast<T>(loss.exponent));
      const T value = old * factor;
      w(f, k) = value < floor ? T{0} : value;
    }
  }
}

}  // namespace

template <class T>
double update_w(Matrix<T>& w, const PassSums& sums, const Loss& loss,
                const std::vector<bool>& fixed, double zero_below, Reducer& reducer) {
  if (!loss.coordinate_descent) {
    const kernels::FlushDenormals flush;
    multiply_w(w, sums, loss, fixed, zero_below);
    return 0;
  }
  const Index blocks = (w.rows() + kRowBlock - 1) / kRowBlock;
  std::vector<double> violations(static_cast<std::size_t>(blocks));
  const auto task = [&](Index block) {
    const kernels::FlushDenormals flush;
    const Index first = block * kRowBlock;
    violations[block] =
        descend_rows(w, sums, loss, fixed, first, std::min(kRowBlock, w.rows() - first));
  };
  if (w.rows() * w.cols() * w.cols() > kSerialWork) {
    reducer.for_each(blocks, task);
  } else {
    for (Index block = 0; block < blocks; ++block) task(block);
  }
  double sum = 0;
  for (const double violation : violations) sum += violation;
  return sum;
}

template double update_w(Matrix<float>&, const PassSums&, const Loss&, const std::vector<bool>&,
                         double, Reducer&);
template double update_w(Matrix<double>&, const PassSums&, const Loss&, const std::vector<bool>&,
                         double, Reducer&);

}  // namespace partwise::nmf
