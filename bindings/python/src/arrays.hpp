#pragma once
#include <pybind11/numpy.h>

#include <algorithm>
#include <partwise/matrix.hpp>
#include <string>
#include <utility>

namespace partwise::python {

namespace py = pybind11;

/// "(3, 4) float64", for messages.
std::string shape_text(const py::array& array);

/// Throws TypeError naming the dtype found and expected, or ValueError naming the shape.
void check_matrix(const py::array& array, const py::dtype& expected, const char* name);

/// The rows of a 2-d array as the columns of a view, without a copy: an array [N x F] reads as
/// [F x N]. The numbers of a row must lie side by side and rows must not overlap; else ValueError.
template <class T>
MatrixView<const T> rows_as_columns(const py::array& array, const char* name) {
  check_matrix(array, py::dtype::of<T>(), name);
  const auto size = static_cast<py::ssize_t>(sizeof(T));
  const py::ssize_t rows = array.shape(0);
  const py::ssize_t cols = array.shape(1);
  const bool side_by_side = cols <= 1 || array.strides(1) == size;
  const bool apart = rows <= 1 || (array.strides(0) >= cols * size && array.strides(0) % size == 0);
  if (!side_by_side || !apart) {
    throw py::value_error(std::string(name) + " is " + shape_text(array) +
                          ", expected rows of numbers side by side (C order)");
  }
  return {static_cast<const T*>(array.data()), cols, rows,
          rows <= 1 ? cols : array.strides(0) / size};
}

/// A copy of an array [N x F] as a matrix [F x N].
template <class T>
Matrix<T> copy_of_rows(const py::array& array, const char* name) {
  const MatrixView<const T> from = rows_as_columns<T>(array, name);
  Matrix<T> to(from.rows, from.cols);
  for (Index c = 0; c < from.cols; ++c) std::copy_n(from.column(c), from.rows, to.column(c));
  return to;
}

/// An array [R x C] that shows a matrix which `owner` keeps; it cannot be written to.
template <class T>
py::array shown_matrix(const Matrix<T>& matrix, const py::object& owner) {
  const auto size = static_cast<py::ssize_t>(sizeof(T));
  py::array array(py::dtype::of<T>(), {matrix.rows(), matrix.cols()},
                  {size, matrix.stride() * size}, matrix.data(), owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

/// An array [N x F] that owns the matrix [F x N] given up to it; nothing is copied.
template <class T>
py::array columns_as_rows(Matrix<T>&& matrix) {
  auto* owned = new Matrix<T>(std::move(matrix));
  const py::capsule owner(owned, [](void* p) { delete static_cast<Matrix<T>*>(p); });
  const auto size = static_cast<py::ssize_t>(sizeof(T));
  return py::array(py::dtype::of<T>(), {owned->cols(), owned->rows()},
                   {owned->stride() * size, size}, owned->data(), owner);
}

}  // namespace partwise::python
