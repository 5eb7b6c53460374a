#pragma once
#include <kernels/kernel_table.hpp>
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// c = a b.
template <class T>
void multiply(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c) {
  kernels::kernel_table<T>().multiply(
      {a.data, a.stride, b.data, Index{1}, b.stride, c.data, c.stride, a.rows, a.cols, c.cols});
}

/// c = a' b.
template <class T>
void transposed_multiply(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c) {
  kernels::kernel_table<T>().multiply_transposed(
      {a.data, a.stride, b.data, b.stride, c.data, c.stride, a.rows, a.cols, b.cols});
}

/// c += a b' for a [rows x n], b [cols x n]. `fetch_next`: what lies behind a is read next.
template <class T>
void add_multiply_by_transpose(MatrixView<const T> a, MatrixView<const T> b, Matrix<T>& c,
                               bool fetch_next) {
  kernels::kernel_table<T>().multiply({a.data, a.stride, b.data, b.stride, Index{1}, c.data(),
                                       c.stride(), a.rows, a.cols, c.cols(), /*add=*/true,
                                       fetch_next});
}

}  // namespace partwise::nmf
