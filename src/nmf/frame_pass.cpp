#include <algorithm>
#include <kernels/denormals.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/frame_pass.hpp>
#include <nmf/rounded_data.hpp>
#include <nmf/weighted_blocks.hpp>

namespace partwise::nmf {
namespace {

// F T K below which one thread does a pass. Two threads took as long as one at 0.2 million, and
// 0.89 (Frobenius) or 0.62 (Kullback-Leibler) of its time at 0.4 million.
constexpr Index kSerialWork = 400'000;

// Frames whose sums are added up in T before they go into the doubles, which costs as much as a
// frame or two.
constexpr Index kFoldFrames = 256;

}  // namespace

template <class T>
struct FramePass<T>::Chunk {
  PassSums sums;
  Index first = 0;
  Index count = 0;
};

template <class T>
FramePass<T>::FramePass(const Problem<T>& problem, Index num_components)
    : problem_(problem),
      num_components_(num_components),
      exponent_(safe_exponent()),
      worth_threads_(problem.data.bins() * problem.data.frames() * num_components > kSerialWork),
      total_(problem.data.bins(), num_components, problem.loss) {
  const ScaledData<T>& data = problem.data;
  const Loss& loss = problem.loss;
  if (problem.weights != nullptr) {
    blocks_ = std::make_unique<WeightedBlocks<T>>(data, *problem.weights, loss);
    h_update_ = multiply_rule<T>(*blocks_);
  } else if (loss.frobenius()) {
    auto blocks = std::make_unique<FrobeniusBlocks<T>>(data);
    h_update_ = loss.coordinate_descent ? descend_rule<T>(*blocks) : multiply_rule<T>(*blocks);
    blocks_ = std::move(blocks);
  } else {
    blocks_ = std::make_unique<BetaBlocks<T>>(data, loss);
    h_update_ = multiply_rule<T>(*blocks_);
  }
  const FrameChunks chunks(data.frames());
  for (Index c = 0; c < chunks.count(); ++c) {
    chunks_.push_back({PassSums(data.bins(), num_components, loss), chunks.begin(c),
                       chunks.end(c) - chunks.begin(c)});
  }
}

template <class T>
FramePass<T>::~FramePass() = default;

template <class T>
double FramePass<T>::safe_exponent() const {
  return exponent_of_h(problem_.loss.exponent, problem_.loss.beta, problem_.regularisers);
}

template <class T>
auto FramePass<T>::take_scratch() -> std::unique_ptr<PassScratch<T>> {
  {
    const std::lock_guard lock(scratch_mutex_);
    if (!free_scratch_.empty()) {
      auto scratch = std::move(free_scratch_.back());
      free_scratch_.pop_back();
      return scratch;
    }
  }
  const Index frames = problem_.data.rounded() != nullptr ? kRoundedBlockFrames : kBlockFrames;
  return std::make_unique<PassScratch<T>>(problem_.data.bins(), num_components_, frames,
                                          problem_.loss);
}

template <class T>
void FramePass<T>::give_back(std::unique_ptr<PassScratch<T>> scratch) {
  const std::lock_guard lock(scratch_mutex_);
  free_scratch_.push_back(std::move(scratch));
}

template <class T>
const PassSums& FramePass<T>::update(const UpdateRequest<T>& request, const RunControl& control) {
  const bool rounded = problem_.data.rounded() != nullptr && request.measure == Measure::nothing;
  blocks_->begin(request.w, rounded);
  h_update_->begin(problem_.regularisers.bound_h(request.h), exponent_, request.zero_below);
  const auto of_block = [&](FrameBlock<T> block, PassScratch<T>& scratch, PassSums& into) {
    const MatrixView<T> next = request.h_next.columns(block.first, block.h.cols);
    h_update_->update(block, request, next, scratch, into);
    if (request.extrapolation) {
      const auto& [h_plain, momentum] = *request.extrapolation;
      h_update_->extrapolate(next, h_plain.columns(block.first, next.cols), momentum);
    }
    block.h = next;
    if (request.accumulate)
      blocks_->accumulate(block, request.measure == Measure::after, scratch, into);
  };
  const bool measured = request.measure != Measure::nothing;
  const Sums sums = request.accumulate ? Sums::all : measured ? Sums::scalars : Sums::none;
  for_blocks(request.h, rounded, sums, control, of_block);
  return total_;
}

template <class T>
const PassSums& FramePass<T>::accumulate(const AccumulateRequest<T>& request,
                                         const RunControl& control) {
  const bool rounded = problem_.data.rounded() != nullptr && !request.measure;
  blocks_->begin(request.w, rounded);
  const auto of_block = [&](const FrameBlock<T>& block, PassScratch<T>& scratch, PassSums& sums) {
    blocks_->accumulate(block, request.measure, scratch, sums);
  };
  for_blocks(request.h, rounded, Sums::all, control, of_block);
  return total_;
}

template <class T>
double FramePass<T>::ratio(const RatioRequest<T>& request, const RunControl& control) {
  blocks_->begin(request.w, /*rounded=*/false);
  const auto of_block = [&](const FrameBlock<T>& block, PassScratch<T>& scratch, PassSums& sums) {
    sums.objective +=
        blocks_->ratio(block, request.measure, request.numerator.columns(block.first, block.h.cols),
                       request.denominator.columns(block.first, block.h.cols), scratch);
  };
  for_blocks(request.h, /*rounded=*/false, Sums::scalars, control, of_block);
  return total_.objective;
}

template <class T>
double FramePass<T>::measure(const MeasureRequest<T>& request) {
  blocks_->begin(request.w, /*rounded=*/false);
  const auto of_block = [&](const FrameBlock<T>& block, PassScratch<T>& scratch, PassSums& sums) {
    blocks_->measure(block, scratch, sums);
  };
  const RunControl never_stops;
  for_blocks(request.h, /*rounded=*/false, Sums::scalars, never_stops, of_block);
  return total_.objective;
}

template <class T>
void FramePass<T>::for_blocks(MatrixView<const T> h, bool rounded, Sums sums,
                              const RunControl& control, const OfBlock& of_block) {
  const auto count = static_cast<Index>(chunks_.size());
  const auto task = [&](Index chunk) { run_chunk(chunks_[chunk], h, rounded, control, of_block); };
  if (worth_threads_) {
    problem_.reducer.for_each(count, task);
  } else {
    for (Index chunk = 0; chunk < count; ++chunk) task(chunk);
  }
  combine(sums);
}

template <class T>
void FramePass<T>::run_chunk(Chunk& chunk, MatrixView<const T> h, bool rounded,
                             const RunControl& control, const OfBlock& of_block) {
  chunk.sums.set_zero();
  auto scratch = take_scratch();
  const kernels::FlushDenormals flush;
  const Index most = rounded ? kRoundedBlockFrames : kBlockFrames;
  for (Index at = 0; at < chunk.count; at += most) {
    if (control.stop.load(std::memory_order_relaxed)) break;
    const Index first = chunk.first + at;
    const Index count = std::min(most, chunk.count - at);
    const MatrixView<const T> x = rounded
                                      ? MatrixView<const T>{nullptr, problem_.data.bins(), count, 0}
                                      : problem_.data.block(first, count, scratch->x);
    of_block({x, h.columns(first, count), first}, *scratch, chunk.sums);
    if ((at + count) % kFoldFrames == 0) fold(scratch->partial, chunk.sums);
  }
  fold(scratch->partial, chunk.sums);
  give_back(std::move(scratch));
}

template <class T>
void FramePass<T>::combine(Sums sums) {
  total_.set_zero();
  const auto part_of = [sums](auto& of) { return sums == Sums::all ? of.all() : of.scalars(); };
  const std::span<double> total = part_of(total_);
  for (Chunk& chunk : chunks_) {
    const std::span<const double> term = part_of(chunk.sums);
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += term[i];
  }
  if (sums != Sums::none) problem_.reducer.reduce(total);
}

template class FramePass<float>;
template class FramePass<double>;

}  // namespace partwise::nmf
