#pragma once
#include <kernels/bf16_kernels.hpp>
#include <nmf/scaled_data.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>

namespace partwise::nmf {

/// Frames that a pass over rounded data takes at once: more than of floats, since each product
/// loads and stores the sums for W.
inline constexpr Index kRoundedBlockFrames = kernels::kBf16MostColumns;

/// The frames of V rounded to bf16, and the products of a Frobenius pass with them: V in half the
/// memory, W and H to 2^-16, sums in float.
class RoundedData {
 public:
  RoundedData(const ScaledData<float>& data, const kernels::Bf16Kernels& kernels, Reducer& reducer);

  /// Over all cells as they were rounded.
  [[nodiscard]] double sum_of_squares() const { return squares_; }

  /// W as correlate() takes it.
  [[nodiscard]] static Matrix<kernels::Bf16> pack(MatrixView<const float> w);
  /// correlation [K x B] = W' V for the frames from `first`; it has columns behind it up to a
  /// multiple of kernels::kBf16Columns, which are written too.
  void correlate(Index first, const Matrix<kernels::Bf16>& packed_w,
                 MatrixView<float> correlation) const;
  /// sums [F x K] += V H' for the frames from `first`, h [K x B]. `scratch` is made if it is empty.
  void accumulate(Index first, MatrixView<const float> h, Matrix<kernels::Bf16>& scratch,
                  Matrix<float>& sums) const;

 private:
  Matrix<kernels::Bf16> x_;  // [F x T], and frames of zeros up to a multiple of kBf16Columns
  const kernels::Bf16Kernels& kernels_;
  double squares_ = 0;
};

}  // namespace partwise::nmf
