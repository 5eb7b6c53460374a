#pragma once
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// The frames of V as the solver sees them: scaled by a power of two and not below a floor, in
/// aligned columns with zero padding. Small data are prepared once; large ones are copied block by
/// block, so that V is never held twice.
template <class T>
class DataSource {
 public:
  /// Cells are max(v * 2^exponent, floor).
  DataSource(MatrixView<const T> v, int exponent, T floor);

  [[nodiscard]] Index bins() const { return v_.rows; }
  [[nodiscard]] Index frames() const { return v_.cols; }
  /// Frames [first, first + count) ready for the kernels. `scratch` [F x count or more], with zero
  /// padding, may be used to hold them; the view is valid until scratch changes.
  [[nodiscard]] MatrixView<const T> block(Index first, Index count, Matrix<T>& scratch) const;
  /// The sum over all cells, and that of their squares: in double, frame by frame.
  [[nodiscard]] double sum() const;
  [[nodiscard]] double sum_of_squares() const;

 private:
  void load(Index first, MatrixView<T> out) const;
  template <class OfCell>
  [[nodiscard]] double sum_over_cells(const OfCell& of_cell) const;

  MatrixView<const T> v_;
  Matrix<T> prepared_;
  int exponent_;
  T floor_;
};

}  // namespace partwise::nmf
