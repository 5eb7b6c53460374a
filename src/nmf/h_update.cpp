#include <algorithm>
#include <cmath>
#include <nmf/h_update.hpp>

namespace partwise::nmf {

template <class T>
double descend_h(MatrixView<const T> gram, MatrixView<const T> correlation, MatrixView<T> h,
                 T* gradient) {
  const Index k_count = h.rows;
  double violation = 0;
  for (Index n = 0; n < h.cols; ++n) {
    T* a = h.column(n);
    // The whole gradient is kept up to date: a change of one activation adds a column of gram.
    const T* p = correlation.column(n);
    for (Index r = 0; r < k_count; ++r) gradient[r] = -p[r];
    for (Index t = 0; t < k_count; ++t) {
      const T* column = gram.column(t);
      const T value = a[t];
      if (value != 0) {
        for (Index r = 0; r < k_count; ++r) gradient[r] += column[r] * value;
      }
    }
    for (Index t = 0; t < k_count; ++t) {
      const T slope = gradient[t];
      violation += std::abs(static_cast<double>(a[t] == 0 ? std::min(slope, T{0}) : slope));
      const T curvature = gram(t, t);
      if (curvature == 0) continue;
      const T value = std::max(a[t] - slope / curvature, T{0});
      const T change = value - a[t];
      if (change == 0) continue;
      a[t] = value;
      const T* column = gram.column(t);
      for (Index r = 0; r < k_count; ++r) gradient[r] += column[r] * change;
    }
  }
  return violation;
}

template <class T>
void multiply_h(MatrixView<const T> numerator, MatrixView<const T> denominator,
                MatrixView<const T> h, MatrixView<T> h_next, const Loss& loss, double zero_below) {
  const auto l1 = static_cast<T>(loss.penalties.l1_h);
  const auto l2 = static_cast<T>(loss.penalties.l2_h);
  const auto floor = static_cast<T>(zero_below);
  for (Index n = 0; n < h.cols; ++n) {
    for (Index k = 0; k < h.rows; ++k) {
      const T old = h(k, n);
      T below = denominator(k, n) + l1 + l2 * old;
      if (below == 0) below = static_cast<T>(kEpsilon);
      T factor = numerator(k, n) / below;
      if (loss.exponent != 1) factor = std::pow(factor, static_cast<T>(loss.exponent));
      const T value = old * factor;
      h_next(k, n) = value < floor ? T{0} : value;
    }
  }
}

template double descend_h(MatrixView<const float>, MatrixView<const float>, MatrixView<float>,
                          float*);
template double descend_h(MatrixView<const double>, MatrixView<const double>, MatrixView<double>,
                          double*);
template void multiply_h(MatrixView<const float>, MatrixView<const float>, MatrixView<const float>,
                         MatrixView<float>, const Loss&, double);
template void multiply_h(MatrixView<const double>, MatrixView<const double>,
                         MatrixView<const double>, MatrixView<double>, const Loss&, double);

}  // namespace partwise::nmf
