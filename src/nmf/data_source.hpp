#pragma once
#include <partwise/matrix.hpp>

namespace partwise::nmf {

class RoundedData;

/// The frames of V as the solver sees them: scaled by a power of two, in aligned columns with zero
/// padding. V itself is read where it is like that already, as the matrices of this library are;
/// else it is copied block by block, so that it is never held twice.
template <class T>
class DataSource {
 public:
  /// Cells are v * 2^exponent, and count as at least `floor`.
  DataSource(MatrixView<const T> v, int exponent, T floor);

  [[nodiscard]] Index bins() const { return v_.rows; }
  [[nodiscard]] Index frames() const { return v_.cols; }
  /// Frames 0, stride, 2 stride and so on.
  [[nodiscard]] DataSource every(Index stride) const;
  /// The same, whose products with W and H are made from `rounded` [F x T] (T = float, Frobenius),
  /// which must outlive it, and whose squares are those of it; blocks stay as they are.
  [[nodiscard]] DataSource with_products_of(const RoundedData& rounded) const;
  /// Null where there is none.
  [[nodiscard]] const RoundedData* rounded() const { return rounded_; }
  /// What a cell counts as at least, if a loss asks; blocks hold cells as they are.
  [[nodiscard]] T floor() const { return floor_; }
  /// Frames [first, first + count) ready for the kernels. `scratch` [F x count or more], with zero
  /// padding, may be used to hold them; it is made if it is empty and needed. The view is valid
  /// until scratch changes.
  [[nodiscard]] MatrixView<const T> block(Index first, Index count, Matrix<T>& scratch) const;
  /// The sum over all cells, not below the floor, and that of their squares: in double, frame by
  /// frame.
  [[nodiscard]] double sum() const;
  [[nodiscard]] double sum_of_squares() const;

 private:
  void load(Index first, MatrixView<T> out) const;
  template <class OfCell>
  [[nodiscard]] double sum_over_cells(const OfCell& of_cell) const;

  MatrixView<const T> v_;
  int exponent_;
  T floor_;
  const RoundedData* rounded_ = nullptr;
  Index ready_frames_;  ///< so many from the first can be read as they are
};

}  // namespace partwise::nmf
