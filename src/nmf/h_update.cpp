#include <algorithm>
#include <cmath>
#include <kernels/kernel_table.hpp>
#include <nmf/extrapolate.hpp>
#include <nmf/h_update.hpp>

namespace partwise::nmf {

template <class T>
double descend_h(const Matrix<T>& gram, MatrixView<T> correlation, MatrixView<const T> h,
                 MatrixView<T> h_next, double l1, Index sweeps, T* scratch) {
  const auto penalty = static_cast<T>(l1);
  for (Index n = 0; n < h.cols; ++n) {
    if (l1 != 0) {
      for (T& value : correlation.column_span(n)) value -= penalty;
    }
    if (h_next.data != h.data) std::copy_n(h.column(n), h.rows, h_next.column(n));
  }
  return kernels::kernel_table<T>().descend({gram.data(), gram.stride(), correlation.data,
                                             correlation.stride, h_next.data, h_next.stride, h.rows,
                                             h.cols, sweeps, scratch});
}

template <class T>
void extrapolate_h(MatrixView<T> h_next, MatrixView<T> h_plain, double momentum, const Loss& loss) {
  const auto step = static_cast<T>(momentum);
  const auto carry = [&](auto carry_on) {
    for (Index n = 0; n < h_next.cols; ++n) {
      T* next = h_next.column(n);
      T* plain = h_plain.column(n);
      for (Index k = 0; k < h_next.rows; ++k) {
        const T now = next[k];
        next[k] = carry_on(now, plain[k], step);
        plain[k] = now;
      }
    }
  };
  if (loss.coordinate_descent) {
    carry(carry_on_straight<T>);
  } else {
    carry(carry_on_growth<T>);
  }
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

template double descend_h(const Matrix<float>&, MatrixView<float>, MatrixView<const float>,
                          MatrixView<float>, double, Index, float*);
template double descend_h(const Matrix<double>&, MatrixView<double>, MatrixView<const double>,
                          MatrixView<double>, double, Index, double*);
template void extrapolate_h(MatrixView<float>, MatrixView<float>, double, const Loss&);
template void extrapolate_h(MatrixView<double>, MatrixView<double>, double, const Loss&);
template void multiply_h(MatrixView<const float>, MatrixView<const float>, MatrixView<const float>,
                         MatrixView<float>, const Loss&, double);
template void multiply_h(MatrixView<const double>, MatrixView<const double>,
                         MatrixView<const double>, MatrixView<double>, const Loss&, double);

}  // namespace partwise::nmf
