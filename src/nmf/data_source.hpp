#pragma once
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// The frames of V as the solver sees them: scaled by a power of two and not below a floor, copied
/// block by block into aligned scratch, so that V itself is neither changed nor copied whole.
template <class T>
class DataSource {
 public:
  /// Cells are max(v * 2^exponent, floor).
  DataSource(MatrixView<const T> v, int exponent, T floor);

  [[nodiscard]] Index bins() const { return v_.rows; }
  [[nodiscard]] Index frames() const { return v_.cols; }
  /// Copies frames [first, first + out.cols) into `out`, whose padding must be zero.
  void load(Index first, MatrixView<T> out) const;
  [[nodiscard]] int exponent() const { return exponent_; }

 private:
  MatrixView<const T> v_;
  int exponent_;
  T floor_;
};

}  // namespace partwise::nmf
