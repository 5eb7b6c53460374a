#pragma once
#include <partwise/audio_file.hpp>
#include <partwise/matrix.hpp>

namespace partwise {

/// The values that a sample format can hold. Float holds every value; an integer format of b bits
/// holds multiples of 2^-(b-1) in [-1, 1).
class SampleGrid {
 public:
  explicit SampleGrid(SampleFormat format);

  /// Every float is on the grid, and nothing is clipped.
  [[nodiscard]] bool holds_floats() const { return steps_ == 0; }

  /// The nearest value on the grid; counts it if it had to be clipped.
  [[nodiscard]] float nearest(double x, Index& clipped) const;

  /// Elementwise nearest(); `to` and `from` have the same shape. Returns how many were clipped.
  Index round(MatrixView<const float> from, MatrixView<float> to) const;

 private:
  double steps_ = 0;  ///< 2^(b-1); 0 for float
};

}  // namespace partwise
