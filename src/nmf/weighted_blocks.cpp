#include <algorithm>
#include <cmath>
#include <nmf/block_products.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/weighted_blocks.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

/// As the kernels have it (kernels/scalar.cpp): x = 0 contributes its limit, and where that is
/// infinite its terms in x are left out.
double divergence(double x, double m, double beta) {
  if (beta == 2) return (x - m) * (x - m) / 2;
  if (beta == 1) return (x > 0 ? x * std::log(x / m) - x : 0.0) + m;
  if (beta == 0) return (x > 0 ? x / m - std::log(x / m) : 0.0) - 1;
  const double x_terms = x > 0 ? std::pow(x, beta) - beta * x * std::pow(m, beta - 1) : 0.0;
  return (x_terms + (beta - 1) * std::pow(m, beta)) / (beta * (beta - 1));
}

}  // namespace

template <class T>
double WeightedBlocks<T>::weigh_cells(const FrameBlock<T>& block, bool measure,
                                      PassScratch<T>& scratch) const {
  const MatrixView<const T> x = block.x;
  for (Matrix<T>* room : {&scratch.model, &scratch.below}) {
    if (room->empty()) *room = Matrix<T>(x.rows, kBlockFrames);
  }
  const auto above = scratch.model.view().columns(0, x.cols);
  const auto below = scratch.below.view().columns(0, x.cols);
  multiply(w_, block.h, above);
  const MatrixView<const T> weights = weights_.block(block.first, x.cols, scratch.weights);
  const bool has_floor = loss_.beta != 1 && loss_.beta != 2;
  double sum = 0;
  for (Index n = 0; n < x.cols; ++n) {
    for (Index f = 0; f < x.rows; ++f) {
      const auto weight = static_cast<double>(weights(f, n));
      auto model = static_cast<double>(above(f, n));
      if (model < loss_.model_below) model = loss_.model_replacement;
      const T cell = has_floor ? std::max(x(f, n), data_.floor()) : x(f, n);
      const auto value = static_cast<double>(cell);
      const double power = loss_.beta == 1 ? 1 : std::pow(model, loss_.beta - 1);
      above(f, n) = static_cast<T>(weight * value * power / model);
      below(f, n) = static_cast<T>(weight * power);
      if (measure && weight != 0) {
        sum += weight * divergence(value > loss_.data_counts_above || loss_.beta == 2 ? value : 0.0,
                                   model, loss_.beta);
      }
    }
  }
  return sum;
}

template <class T>
double WeightedBlocks<T>::ratio(const FrameBlock<T>& block, bool measure, MatrixView<T> numerator,
                                MatrixView<T> denominator, PassScratch<T>& scratch) const {
  const double divergence = weigh_cells(block, measure, scratch);
  const Index count = block.x.cols;
  transposed_multiply<T>(w_, std::as_const(scratch.model).view().columns(0, count), numerator);
  transposed_multiply<T>(w_, std::as_const(scratch.below).view().columns(0, count), denominator);
  return divergence;
}

template <class T>
void WeightedBlocks<T>::accumulate(const FrameBlock<T>& block, bool measure,
                                   PassScratch<T>& scratch, PassSums& sums) const {
  sums.objective += weigh_cells(block, measure, scratch);
  const Index count = block.x.cols;
  add_multiply_by_transpose<T>(std::as_const(scratch.model).view().columns(0, count), block.h,
                               scratch.partial.numerator, /*fetch_next=*/false);
  add_multiply_by_transpose<T>(std::as_const(scratch.below).view().columns(0, count), block.h,
                               scratch.partial.denominator, /*fetch_next=*/false);
}

template <class T>
void WeightedBlocks<T>::measure(const FrameBlock<T>& block, PassScratch<T>& scratch,
                                PassSums& sums) const {
  sums.objective += weigh_cells(block, /*measure=*/true, scratch);
}

template class WeightedBlocks<float>;
template class WeightedBlocks<double>;

}  // namespace partwise::nmf
