#pragma once
#include <kernels/bf16.hpp>
#include <kernels/kernel_table.hpp>
#include <nmf/loss.hpp>
#include <nmf/pass_sums.hpp>
#include <nmf/scaled_data.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise::nmf {

/// Working memory of one thread of a pass.
template <class T>
struct PassScratch {
  PassScratch(Index bins, Index components, Index frames, const Loss& loss);

  Matrix<T> x;                           // [F x block], made where blocks must be copied
  Matrix<T> model;                       // [F x block], made where the model is written down
  Matrix<T> below, weights;              // [F x block], made for weighted cells
  Matrix<T> kernels;                     // what the kernels ask for
  Matrix<T> h_numerator, h_denominator;  // [K x block]
  Matrix<kernels::Bf16> packed_h;        // made for rounded data
  PartialSums<T> partial;
};

/// A block of frames of V and of H.
template <class T>
struct FrameBlock {
  MatrixView<const T> x;  ///< [F x B]; without data it stands for the rounded frames
  MatrixView<const T> h;  ///< [K x B]
  Index first = 0;        ///< number of the first frame
};

/// What a divergence contributes to the updates, a block of frames at a time. begin() is called
/// before a pass, the others by many threads at once.
template <class T>
class LossBlocks {
 public:
  virtual ~LossBlocks() = default;
  /// Keeps w [F x K] for the pass and computes what all blocks need of it. `rounded`: blocks will
  /// stand for rounded frames.
  virtual void begin(MatrixView<const T> w, bool rounded) = 0;
  /// The ratio of the multiplicative update of H, both [K x B]. Returns the divergence of the block
  /// if `measure`, where the loss makes its model for this; else 0.
  virtual double ratio(const FrameBlock<T>& block, bool measure, MatrixView<T> numerator,
                       MatrixView<T> denominator, PassScratch<T>& scratch) const = 0;
  /// Adds the block's sums for an update of W to scratch.partial and `sums`, and its divergence to
  /// `sums` if `measure`.
  virtual void accumulate(const FrameBlock<T>& block, bool measure, PassScratch<T>& scratch,
                          PassSums& sums) const = 0;
  /// Adds the block's divergence to `sums`.
  virtual void measure(const FrameBlock<T>& block, PassScratch<T>& scratch,
                       PassSums& sums) const = 0;
};

/// For beta = 2. Also gives what coordinate descent needs.
template <class T>
class FrobeniusBlocks final : public LossBlocks<T> {
 public:
  explicit FrobeniusBlocks(const ScaledData<T>& data) : data_(data) {}

  void begin(MatrixView<const T> w, bool rounded) override;
  double ratio(const FrameBlock<T>& block, bool measure, MatrixView<T> numerator,
               MatrixView<T> denominator, PassScratch<T>& scratch) const override;
  void accumulate(const FrameBlock<T>& block, bool measure, PassScratch<T>& scratch,
                  PassSums& sums) const override;
  void measure(const FrameBlock<T>& block, PassScratch<T>& scratch, PassSums& sums) const override;

  /// W'V [K x B] of the block.
  void correlate(const FrameBlock<T>& block, MatrixView<T> correlation) const;
  /// W'W [K x K].
  [[nodiscard]] const Matrix<T>& gram() const { return gram_; }

 private:
  const ScaledData<T>& data_;
  MatrixView<const T> w_;
  Matrix<T> gram_;
  Matrix<kernels::Bf16> packed_w_;  // for rounded data
};

/// For all other betas.
template <class T>
class BetaBlocks final : public LossBlocks<T> {
 public:
  BetaBlocks(const ScaledData<T>& data, const Loss& loss) : data_(data), loss_(loss) {}

  void begin(MatrixView<const T> w, bool rounded) override;
  double ratio(const FrameBlock<T>& block, bool measure, MatrixView<T> numerator,
               MatrixView<T> denominator, PassScratch<T>& scratch) const override;
  void accumulate(const FrameBlock<T>& block, bool measure, PassScratch<T>& scratch,
                  PassSums& sums) const override;
  void measure(const FrameBlock<T>& block, PassScratch<T>& scratch, PassSums& sums) const override;

 private:
  [[nodiscard]] kernels::BetaArgs<T> kernel_args(const FrameBlock<T>& block, bool measure,
                                                 PassScratch<T>& scratch) const;

  const ScaledData<T>& data_;
  Loss loss_;
  MatrixView<const T> w_;
  std::vector<T> column_sums_;  // [K], beta = 1
};

}  // namespace partwise::nmf
