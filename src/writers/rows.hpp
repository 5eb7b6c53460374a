#pragma once
#include <partwise/matrix.hpp>

namespace partwise {

/// Rows [first, first + count) of a matrix.
template <class T>
[[nodiscard]] MatrixView<T> rows(MatrixView<T> all, Index first, Index count) {
  return {all.data + first, count, all.cols, all.stride};
}
[[nodiscard]] inline MatrixView<float> rows(Matrix<float>& all, Index first, Index count) {
  return rows(all.view(), first, count);
}
[[nodiscard]] inline MatrixView<const float> rows(const Matrix<float>& all, Index first,
                                                  Index count) {
  return rows(all.view(), first, count);
}

}  // namespace partwise
