#pragma once
// One assertion helper per notion; each prints where it went wrong.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <partwise/matrix.hpp>
#include <span>

namespace partwise::test {

/// max|a - b| / max|b| over a matrix is at most `tolerance`.
template <class A, class B>
::testing::AssertionResult matrices_close(MatrixView<const A> a, MatrixView<const B> b,
                                          double tolerance) {
  if (a.rows != b.rows || a.cols != b.cols) {
    return ::testing::AssertionFailure() << "shapes differ: [" << a.rows << " x " << a.cols
                                         << "] and [" << b.rows << " x " << b.cols << "]";
  }
  double worst = 0, largest = 0;
  Index at_r = 0, at_c = 0;
  for (Index c = 0; c < a.cols; ++c) {
    for (Index r = 0; r < a.rows; ++r) {
      const auto difference = std::abs(static_cast<double>(a(r, c)) - static_cast<double>(b(r, c)));
      if (!(difference <= worst)) {  // also true for NaN
        worst = difference;
        at_r = r;
        at_c = c;
      }
      largest = std::max(largest, std::abs(static_cast<double>(b(r, c))));
    }
  }
  if (worst <= tolerance * largest) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << "relative difference " << worst / largest << " > " << tolerance << ", worst at ("
         << at_r << ", " << at_c << "): " << a(at_r, at_c) << " against " << b(at_r, at_c);
}

template <class A, class B>
::testing::AssertionResult matrices_close(const Matrix<A>& a, const Matrix<B>& b,
                                          double tolerance) {
  return matrices_close(a.view(), b.view(), tolerance);
}

/// Every element has the same bits.
template <class T>
::testing::AssertionResult same_bits(const Matrix<T>& a, const Matrix<T>& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) {
    return ::testing::AssertionFailure() << "shapes differ";
  }
  for (Index c = 0; c < a.cols(); ++c) {
    for (Index r = 0; r < a.rows(); ++r) {
      if (std::memcmp(&a(r, c), &b(r, c), sizeof(T)) != 0) {
        return ::testing::AssertionFailure()
               << "bits differ at (" << r << ", " << c << "): " << a(r, c) << " and " << b(r, c);
      }
    }
  }
  return ::testing::AssertionSuccess();
}

/// 20 log10 of max|a - b| over full scale 1; -inf where equal, +inf where lengths differ.
template <class A, class B>
double peak_difference_db(std::span<const A> a, std::span<const B> b) {
  if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    if (!(difference <= worst)) worst = difference;
  }
  return 20 * std::log10(worst);
}

}  // namespace partwise::test
