// The definition of every kernel.
#include <algorithm>
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
      T& c = p.c[r + j * p.c_stride];
      c = p.add ? c + sum : sum;
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

/// Calls visit(f, n, numerator, denominator) for every cell; returns the sum of divergences.
template <class T, class Visit>
double weigh_cells(const BetaArgs<T>& p, const Visit& visit) {
  double sum = 0;
  for (Index n = 0; n < p.cols; ++n) {
    for (Index f = 0; f < p.rows; ++f) {
      T m = 0;
      for (Index k = 0; k < p.components; ++k) {
        m += p.w[f + k * p.w_stride] * p.h[k + n * p.h_stride];
      }
      if (m < p.model_below) m = p.model_replacement;
      const T cell = p.x[f + n * p.x_stride];
      const T x = p.beta == 1 ? cell : std::max(cell, p.x_floor);
      const auto power = [&](double exponent) {
        return static_cast<T>(std::pow(static_cast<double>(m), exponent));
      };
      visit(f, n, static_cast<T>(x * power(p.beta - 2)), power(p.beta - 1));
      if (p.want_objective) sum += divergence(x > p.data_counts_above ? x : T{0}, m, p.beta);
    }
  }
  return sum;
}

template <class T>
double beta_correlate(const BetaArgs<T>& p, const BetaSums<T>& out) {
  const bool has_denominator = p.beta != 1;
  for (Index n = 0; n < p.cols; ++n) {
    for (Index k = 0; k < p.components; ++k) {
      out.numerator[k + n * out.stride] = 0;
      if (has_denominator) out.denominator[k + n * out.stride] = 0;
    }
  }
  return weigh_cells(p, [&](Index f, Index n, T numerator, T denominator) {
    for (Index k = 0; k < p.components; ++k) {
      const T w = p.w[f + k * p.w_stride];
      out.numerator[k + n * out.stride] += w * numerator;
      if (has_denominator) out.denominator[k + n * out.stride] += w * denominator;
    }
  });
}

template <class T>
double beta_accumulate(const BetaArgs<T>& p, const BetaSums<T>& out) {
  const bool has_denominator = p.beta != 1;
  return weigh_cells(p, [&](Index f, Index n, T numerator, T denominator) {
    for (Index k = 0; k < p.components; ++k) {
      const T h = p.h[k + n * p.h_stride];
      out.numerator[f + k * out.stride] += numerator * h;
      if (has_denominator) out.denominator[f + k * out.stride] += denominator * h;
    }
  });
}

template <class T>
double descend(const DescendArgs<T>& p) {
  double violation = 0;
  for (Index n = 0; n < p.cols; ++n) {
    T* h = p.h + n * p.h_stride;
    for (Index sweep = 0; sweep < p.sweeps; ++sweep) {
      for (Index k = 0; k < p.components; ++k) {
        const T* gram = p.gram + k * p.gram_stride;
        T slope = -p.correlation[k + n * p.correlation_stride];
        for (Index j = 0; j < p.components; ++j) slope += gram[j] * h[j];
        if (sweep == 0) violation += std::abs(h[k] == 0 ? std::min(slope, T{0}) : slope);
        if (gram[k] != 0) h[k] = std::max(h[k] - slope / gram[k], T{0});
      }
    }
  }
  return violation;
}

template <class T>
double descend_templates(const DescendTemplatesArgs<T>& p) {
  double violation = 0;
  for (Index f = 0; f < p.rows; ++f) {
    for (Index sweep = 0; sweep < p.sweeps; ++sweep) {
      for (Index k = 0; k < p.components; ++k) {
        if (p.keep != nullptr && p.keep[k]) continue;
        const T* gram = p.gram + k * p.gram_stride;
        T slope = -p.correlation[f + k * p.correlation_stride];
        for (Index j = 0; j < p.components; ++j) slope += gram[j] * p.w[f + j * p.w_stride];
        T& w = p.w[f + k * p.w_stride];
        if (sweep == 0) violation += std::abs(w == 0 ? std::min(slope, T{0}) : slope);
        if (gram[k] != 0) w = std::max(w - slope / gram[k], T{0});
      }
    }
  }
  return violation;
}

}  // namespace

template <class T>
const KernelTable<T>& scalar_kernel_table() {
  static constexpr KernelTable<T> table{&multiply<T>,       &multiply_transposed<T>,
                                        &beta_correlate<T>, &beta_accumulate<T>,
                                        &descend<T>,        &descend_templates<T>};
  return table;
}

template const KernelTable<float>& scalar_kernel_table<float>();
template const KernelTable<double>& scalar_kernel_table<double>();

}  // namespace partwise::kernels
