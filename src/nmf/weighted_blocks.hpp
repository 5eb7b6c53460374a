#pragma once
#include <nmf/loss_blocks.hpp>

namespace partwise::nmf {

/// The beta-divergence, any beta, with a weight for every cell: sum of weight d(v | m). Plain loops
/// between the kernels' products.
template <class T>
class WeightedBlocks final : public LossBlocks<T> {
 public:
  WeightedBlocks(const ScaledData<T>& data, const DataSource<T>& weights, const Loss& loss)
      : data_(data), weights_(weights), loss_(loss) {}

  void begin(MatrixView<const T> w, bool /*rounded*/) override { w_ = w; }
  double ratio(const FrameBlock<T>& block, bool measure, MatrixView<T> numerator,
               MatrixView<T> denominator, PassScratch<T>& scratch) const override;
  void accumulate(const FrameBlock<T>& block, bool measure, PassScratch<T>& scratch,
                  PassSums& sums) const override;
  void measure(const FrameBlock<T>& block, PassScratch<T>& scratch, PassSums& sums) const override;

 private:
  /// What each cell adds above and below, into scratch.model and scratch.below. Returns the block's
  /// divergence if `measure`.
  double weigh_cells(const FrameBlock<T>& block, bool measure, PassScratch<T>& scratch) const;

  const ScaledData<T>& data_;
  const DataSource<T>& weights_;
  Loss loss_;
  MatrixView<const T> w_;
};

}  // namespace partwise::nmf
