#include <nmf/block_products.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/loss_blocks.hpp>
#include <nmf/rounded_data.hpp>
#include <type_traits>

namespace partwise::nmf {
template <class T>
void FrobeniusBlocks<T>::begin(MatrixView<const T> w, bool rounded) {
  w_ = w;
  if constexpr (std::is_same_v<T, float>) {
    if (rounded) packed_w_ = RoundedData::pack(w);
  }
  gram_ = Matrix<T>(w.cols, w.cols);
  transposed_multiply(w, w, gram_.view());
}

template <class T>
void FrobeniusBlocks<T>::correlate(const FrameBlock<T>& block, MatrixView<T> correlation) const {
  if constexpr (std::is_same_v<T, float>) {
    if (block.x.data == nullptr) {
      return data_.rounded()->correlate(block.first, packed_w_, correlation);
    }
  }
  transposed_multiply(w_, block.x, correlation);
}

template <class T>
double FrobeniusBlocks<T>::ratio(const FrameBlock<T>& block, bool /*measure*/,
                                 MatrixView<T> numerator, MatrixView<T> denominator,
                                 PassScratch<T>& /*scratch*/) const {
  correlate(block, numerator);
  multiply<T>(gram_.view(), block.h, denominator);
  return 0;
}

template <class T>
void FrobeniusBlocks<T>::accumulate(const FrameBlock<T>& block, bool measure,
                                    PassScratch<T>& scratch, PassSums& sums) const {
  const auto add_products = [&] {
    Matrix<T>& products = scratch.partial.numerator;
    if constexpr (std::is_same_v<T, float>) {
      if (block.x.data == nullptr) {
        return data_.rounded()->accumulate(block.first, block.h, scratch.packed_h, products);
      }
    }
    add_multiply_by_transpose(block.x, block.h, products, /*fetch_next=*/true);
  };
  add_products();
  add_multiply_by_transpose(block.h, block.h, scratch.partial.gram, /*fetch_next=*/false);
  if (measure) this->measure(block, scratch, sums);
}

template <class T>
void FrobeniusBlocks<T>::measure(const FrameBlock<T>& block, PassScratch<T>& scratch,
                                 PassSums& sums) const {
  const MatrixView<const T> x = block.x;
  if (scratch.model.empty()) scratch.model = Matrix<T>(x.rows, kBlockFrames);
  const auto model = scratch.model.view().columns(0, x.cols);
  multiply(w_, block.h, model);
  for (Index n = 0; n < x.cols; ++n) {
    double squares = 0;
    for (Index f = 0; f < x.rows; ++f) {
      const auto difference = static_cast<double>(x(f, n)) - static_cast<double>(model(f, n));
      squares += difference * difference;
    }
    sums.objective += squares / 2;
  }
}

template class FrobeniusBlocks<float>;
template class FrobeniusBlocks<double>;

}  // namespace partwise::nmf
