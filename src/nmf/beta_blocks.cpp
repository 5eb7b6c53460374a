#include <algorithm>
#include <nmf/loss_blocks.hpp>

namespace partwise::nmf {

template <class T>
void BetaBlocks<T>::begin(MatrixView<const T> w, bool /*rounded*/) {
  w_ = w;
  if (loss_.beta != 1) return;
  column_sums_.clear();
  for (Index k = 0; k < w.cols; ++k) {
    double sum = 0;
    for (const T value : w.column_span(k)) sum += static_cast<double>(value);
    column_sums_.push_back(static_cast<T>(sum));
  }
}

template <class T>
kernels::BetaArgs<T> BetaBlocks<T>::kernel_args(const FrameBlock<T>& block, bool measure,
                                                PassScratch<T>& scratch) const {
  return {block.x.data,
          block.x.stride,
          w_.data,
          w_.stride,
          block.h.data,
          block.h.stride,
          block.x.rows,
          w_.cols,
          block.x.cols,
          loss_.beta,
          data_.floor(),
          static_cast<T>(loss_.model_below),
          static_cast<T>(loss_.model_replacement),
          static_cast<T>(loss_.data_counts_above),
          measure,
          scratch.kernels.data()};
}

template <class T>
double BetaBlocks<T>::ratio(const FrameBlock<T>& block, bool measure, MatrixView<T> numerator,
                            MatrixView<T> denominator, PassScratch<T>& scratch) const {
  const double divergence = kernels::kernel_table<T>().beta_correlate(
      kernel_args(block, measure, scratch), {numerator.data, denominator.data, numerator.stride});
  if (loss_.beta == 1) {
    for (Index n = 0; n < block.x.cols; ++n) {
      std::copy_n(column_sums_.data(), w_.cols, denominator.column(n));
    }
  }
  return divergence;
}

template <class T>
void BetaBlocks<T>::accumulate(const FrameBlock<T>& block, bool measure, PassScratch<T>& scratch,
                               PassSums& sums) const {
  PartialSums<T>& partial = scratch.partial;
  sums.objective += kernels::kernel_table<T>().beta_accumulate(
      kernel_args(block, measure, scratch),
      {partial.numerator.data(), partial.denominator.data(), partial.numerator.stride()});
  if (loss_.beta != 1) return;
  for (Index n = 0; n < block.x.cols; ++n) {
    for (Index k = 0; k < w_.cols; ++k) sums.h_sums[k] += static_cast<double>(block.h(k, n));
  }
}

template <class T>
void BetaBlocks<T>::measure(const FrameBlock<T>& block, PassScratch<T>& scratch,
                            PassSums& sums) const {
  accumulate(block, /*measure=*/true, scratch, sums);  // there is no kernel that only measures
}

template class BetaBlocks<float>;
template class BetaBlocks<double>;

}  // namespace partwise::nmf
