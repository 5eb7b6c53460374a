// The definition of every kernel.
#include <cmath>
#include <kernels/kernel_table.hpp>

namespace partwise::kernels {
namespace {

template <class T>
void multiply(const MultiplyArgs<T>& p) {
  for (Index j = 0; j < p.cols; ++j) {
    for (Index r = 0; r < p.rows; ++r) {
      T sum = 0;
      for (Index i = 0; i < p.inner; ++i) {
        sum += p.a[r + i * p.a_stride] * p.b[i * p.b_inner + j * p.b_col];
      }
      p.c[r + j * p.c_stride] = sum;
    }
  }
}

template <class T>
void multiply_transposed(const TransposedArgs<T>& p) {
  for (Index j = 0; j < p.b_cols; ++j) {
    for (Index i = 0; i < p.a_cols; ++i) {
      T sum = 0;
      for (Index r = 0; r < p.rows; ++r) sum += p.a[r + i * p.a_stride] * p.b[r + j * p.b_stride];
      p.c[i + j * p.c_stride] = sum;
    }
  }
}

/// d_beta(x | m), Fevotte and Idier 2011, eq. 2.3; x = 0 contributes its limit. For beta <= 0 the
/// limit is infinite: scikit-learn drops the terms in x, and its count of cells stays.
template <class T>
double divergence(T x, T m, double beta) {
  const auto xd = static_cast<double>(x);
  const auto md = static_cast<double>(m);
  if (beta == 1) return (xd > 0 ? xd * std::log(xd / md) - xd : 0.0) + md;
  if (beta == 0) return (xd > 0 ? xd / md - std::log(xd / md) : 0.0) - 1;
  const double x_terms = xd > 0 ? std::pow(xd, beta) - beta * xd * std::pow(md, beta - 1) : 0.0;
  return (x_terms + (beta - 1) * std::pow(md, beta)) / (beta * (beta - 1));
}

template <class T>
double beta_cells(const BetaCellsArgs<T>& p) {
  double sum = 0;
  for (Index n = 0; n < p.cols; ++n) {
    for (Index f = 0; f < p.rows; ++f) {
      const Index at = f + n * p.stride;
      const T x = p.x[at];
      const T m = p.m[at] < p.model_below ? p.model_replacement : p.m[at];
      p.numerator[at] = static_cast<T>(x * std::pow(static_cast<double>(m), p.beta - 2));
      if (p.beta != 1) {
        p.denominator[at] = static_cast<T>(std::pow(static_cast<double>(m), p.beta - 1));
      }
      if (p.want_objective) sum += divergence(x > p.data_counts_above ? x : T{0}, m, p.beta);
    }
  }
  return sum;
}

}  // namespace

template <class T>
const KernelTable<T>& scalar_kernel_table() {
  static constexpr KernelTable<T> table{&multiply<T>, &multiply_transposed<T>, &beta_cells<T>};
  return table;
}

template const KernelTable<float>& scalar_kernel_table<float>();
template const KernelTable<double>& scalar_kernel_table<double>();

}  // namespace partwise::kernels
