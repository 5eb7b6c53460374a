#include <algorithm>
#include <kernels/denormals.hpp>
#include <kernels/kernel_table.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/frame_pass.hpp>
#include <nmf/h_update.hpp>
#include <nmf/rounded_data.hpp>
#include <type_traits>

namespace partwise::nmf {
namespace {

// F T K below which one thread does a pass. Two threads took as long as one at 0.2 million, and
// 0.89 (Frobenius) or 0.62 (Kullback-Leibler) of its time at 0.4 million.
constexpr Index kSerialWork = 400'000;

template <class T>
void multiply(MatrixView<const T> a, const T* b, Index b_inner, Index b_col, MatrixView<T> c) {
  kernels::kernel_table<T>().multiply(
      {a.data, a.stride, b, b_inner, b_col, c.data, c.stride, a.rows, a.cols, c.cols});
}

template <class T>
void transposed_multiply(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c) {
  kernels::kernel_table<T>().multiply_transposed(
      {a.data, a.stride, b.data, b.stride, c.data, c.stride, a.rows, a.cols, b.cols});
}

/// c += a b' for a [rows x n], b [cols x n].
template <class T>
void add_multiply_by_transpose(MatrixView<const T> a, MatrixView<const T> b, Matrix<T>& c,
                               bool fetch_next) {
  kernels::kernel_table<T>().multiply({a.data, a.stride, b.data, b.stride, Index{1}, c.data(),
                                       c.stride(), a.rows, a.cols, c.cols(), /*add=*/true,
                                       fetch_next});
}

// Frames whose sums are added up in T before they go into the doubles, which costs as much as a
// frame or two.
constexpr Index kFoldFrames = 256;

template <class T>
void extrapolate_block(const PassRequest<T>& request, Index first, const Loss& loss,
                       MatrixView<T> next) {
  if (request.h_plain.data == nullptr) return;
  extrapolate_h<T>(next, request.h_plain.columns(first, next.cols), request.momentum, loss);
}

}  // namespace

template <class T>
struct FramePass<T>::Scratch {
  Scratch(Index bins, Index components, Index frames, const Loss& loss)
      : kernels(kernels_length(components), 1),
        h_numerator(components, frames),
        h_denominator(components, frames),
        partial(bins, components, loss) {}

  static Index kernels_length(Index components) {
    const Index beta = components * kernels::kBetaScratchBytes / static_cast<Index>(sizeof(T));
    return std::max(beta, 2 * components * kernels::kDescendFrames);
  }

  Matrix<T> x;                           // [F x block], made where blocks must be copied
  Matrix<T> model;                       // [F x block], made for an objective cell by cell
  Matrix<T> kernels;                     // what they ask for
  Matrix<T> h_numerator, h_denominator;  // [K x block]
  Matrix<kernels::Bf16> packed_h;        // made for rounded data
  PartialSums<T> partial;
};

template <class T>
struct FramePass<T>::Chunk {
  PassSums sums;
  Index first = 0;
  Index count = 0;
};

/// What every block needs to know of W.
template <class T>
struct FramePass<T>::WFacts {
  Matrix<T> gram;                // W'W + l2 I [K x K], Frobenius; l2 for coordinate descent only
  std::vector<T> column_sums;    // [K], beta = 1
  Matrix<kernels::Bf16> packed;  // for rounded data
};

template <class T>
FramePass<T>::FramePass(const DataSource<T>& data, const Loss& loss, Index num_components,
                        Reducer& reducer)
    : data_(data),
      loss_(loss),
      num_components_(num_components),
      reducer_(reducer),
      worth_threads_(data.bins() * data.frames() * num_components > kSerialWork),
      total_(make_sums(data.bins(), num_components, loss)) {
  const FrameChunks chunks(data.frames());
  for (Index c = 0; c < chunks.count(); ++c) {
    chunks_.push_back({make_sums(data.bins(), num_components, loss), chunks.begin(c),
                       chunks.end(c) - chunks.begin(c)});
  }
}

template <class T>
FramePass<T>::~FramePass() = default;

template <class T>
auto FramePass<T>::take_scratch() -> std::unique_ptr<Scratch> {
  {
    const std::lock_guard lock(scratch_mutex_);
    if (!free_scratch_.empty()) {
      auto scratch = std::move(free_scratch_.back());
      free_scratch_.pop_back();
      return scratch;
    }
  }
  return std::make_unique<Scratch>(data_.bins(), num_components_,
                                   data_.rounded() != nullptr ? kRoundedBlockFrames : kBlockFrames,
                                   loss_);
}

template <class T>
void FramePass<T>::give_back(std::unique_ptr<Scratch> scratch) {
  const std::lock_guard lock(scratch_mutex_);
  free_scratch_.push_back(std::move(scratch));
}

template <class T>
auto FramePass<T>::facts_of(const PassRequest<T>& request) const -> WFacts {
  const MatrixView<const T> w = request.w;
  WFacts facts;
  if (loss_.frobenius()) {
    if constexpr (std::is_same_v<T, float>) {
      if (reads_rounded(request) && request.update_h) facts.packed = RoundedData::pack(w);
    }
    facts.gram = Matrix<T>(num_components_, num_components_);
    transposed_multiply(w, w, facts.gram.view());
    if (loss_.coordinate_descent) {
      for (Index k = 0; k < num_components_; ++k)
        facts.gram(k, k) += static_cast<T>(loss_.penalties.l2_h);
    }
  } else if (loss_.beta == 1) {
    for (Index k = 0; k < num_components_; ++k) {
      double sum = 0;
      for (const T value : w.column_span(k)) sum += static_cast<double>(value);
      facts.column_sums.push_back(static_cast<T>(sum));
    }
  }
  return facts;
}

template <class T>
bool FramePass<T>::reads_rounded(const PassRequest<T>& request) const {
  return data_.rounded() != nullptr && !request.objective;
}

template <class T>
const PassSums& FramePass<T>::run(const PassRequest<T>& request, const RunControl& control) {
  const WFacts facts = facts_of(request);
  const auto count = static_cast<Index>(chunks_.size());
  const auto task = [&](Index chunk) { run_chunk(chunks_[chunk], request, facts, control); };
  if (worth_threads_) {
    reducer_.for_each(count, task);
  } else {
    for (Index chunk = 0; chunk < count; ++chunk) task(chunk);
  }
  combine(request);
  return total_;
}

template <class T>
void FramePass<T>::run_chunk(Chunk& chunk, const PassRequest<T>& request, const WFacts& facts,
                             const RunControl& control) {
  set_zero(chunk.sums);
  auto scratch = take_scratch();
  const kernels::FlushDenormals flush;
  const bool rounded = reads_rounded(request);
  const Index most = rounded ? kRoundedBlockFrames : kBlockFrames;
  for (Index at = 0; at < chunk.count; at += most) {
    if (control.stop.load(std::memory_order_relaxed)) break;
    const Index first = chunk.first + at;
    const Index count = std::min(most, chunk.count - at);
    const MatrixView<const T> x = rounded ? MatrixView<const T>{nullptr, data_.bins(), count, 0}
                                          : data_.block(first, count, scratch->x);
    if (loss_.frobenius()) {
      frobenius_block(x, first, request, facts, *scratch, chunk.sums);
    } else {
      beta_block(x, first, request, facts, *scratch, chunk.sums);
    }
    if ((at + count) % kFoldFrames == 0) fold(scratch->partial, chunk.sums);
  }
  fold(scratch->partial, chunk.sums);
  give_back(std::move(scratch));
}

template <class T>
void FramePass<T>::correlate(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                             const WFacts& facts, MatrixView<T> correlation) const {
  if constexpr (std::is_same_v<T, float>) {
    if (x.data == nullptr) return data_.rounded()->correlate(first, facts.packed, correlation);
  }
  transposed_multiply(request.w, x, correlation);
}

template <class T>
void FramePass<T>::accumulate(MatrixView<const T> x, Index first, MatrixView<const T> h,
                              Scratch& scratch) const {
  Matrix<T>& sums = scratch.partial.numerator;
  if constexpr (std::is_same_v<T, float>) {
    if (x.data == nullptr) return data_.rounded()->accumulate(first, h, scratch.packed_h, sums);
  }
  add_multiply_by_transpose(x, h, sums, /*fetch_next=*/true);
}

template <class T>
void FramePass<T>::frobenius_block(MatrixView<const T> x, Index first,
                                   const PassRequest<T>& request, const WFacts& facts,
                                   Scratch& scratch, PassSums& sums) const {
  const Index count = x.cols;
  MatrixView<const T> h = request.h.columns(first, count);
  if (request.h_numerator.data != nullptr) {
    correlate(x, first, request, facts, request.h_numerator.columns(first, count));
    multiply(facts.gram.view(), h.data, Index{1}, h.stride,
             request.h_denominator.columns(first, count));
  }
  if (request.update_h) {
    const auto correlation = scratch.h_numerator.view().columns(0, count);
    correlate(x, first, request, facts, correlation);
    const auto next = request.h_next.columns(first, count);
    if (loss_.coordinate_descent) {
      sums.violation += descend_h<T>(facts.gram, correlation, h, next, loss_.penalties.l1_h,
                                     request.sweeps, scratch.kernels.data());
    } else {
      const auto denominator = scratch.h_denominator.view().columns(0, count);
      multiply(facts.gram.view(), h.data, Index{1}, h.stride, denominator);
      multiply_h<T>(correlation, denominator, h, next, loss_, request.zero_below);
    }
    extrapolate_block(request, first, loss_, next);
    h = next;
  }
  if (request.accumulate) {
    accumulate(x, first, h, scratch);
    add_multiply_by_transpose(h, h, scratch.partial.gram, /*fetch_next=*/false);
  }
  if (request.objective) {
    if (scratch.model.empty()) scratch.model = Matrix<T>(x.rows, kBlockFrames);
    const auto model = scratch.model.view().columns(0, count);
    multiply(request.w, h.data, Index{1}, h.stride, model);
    for (Index n = 0; n < count; ++n) {
      double squares = 0;
      for (Index f = 0; f < x.rows; ++f) {
        const auto difference = static_cast<double>(x(f, n)) - static_cast<double>(model(f, n));
        squares += difference * difference;
      }
      sums.objective += squares / 2;
    }
  }
}

template <class T>
void FramePass<T>::beta_block(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                              const WFacts& facts, Scratch& scratch, PassSums& sums) const {
  const Index count = x.cols;
  const auto& table = kernels::kernel_table<T>();
  MatrixView<const T> h = request.h.columns(first, count);
  const auto args = [&](bool want_objective) {
    return kernels::BetaArgs<T>{x.data,
                                x.stride,
                                request.w.data,
                                request.w.stride,
                                h.data,
                                h.stride,
                                x.rows,
                                num_components_,
                                count,
                                loss_.beta,
                                data_.floor(),
                                static_cast<T>(loss_.model_below),
                                static_cast<T>(loss_.model_replacement),
                                static_cast<T>(loss_.data_counts_above),
                                want_objective,
                                scratch.kernels.data()};
  };
  const bool gives_out = request.h_numerator.data != nullptr;
  if (request.update_h || gives_out) {
    const auto numerator = gives_out ? request.h_numerator.columns(first, count)
                                     : scratch.h_numerator.view().columns(0, count);
    const auto denominator = gives_out ? request.h_denominator.columns(first, count)
                                       : scratch.h_denominator.view().columns(0, count);
    sums.objective += table.beta_correlate(args(request.objective && !request.after_update),
                                           {numerator.data, denominator.data, numerator.stride});
    if (loss_.beta == 1) {
      for (Index n = 0; n < count; ++n) {
        std::copy_n(facts.column_sums.data(), num_components_, denominator.column(n));
      }
    }
    if (request.update_h) {
      const auto next = request.h_next.columns(first, count);
      multiply_h<T>(numerator, denominator, h, next, loss_, request.zero_below);
      extrapolate_block(request, first, loss_, next);
      h = next;
    }
  }
  const bool objective =
      request.objective && (request.after_update || !(request.update_h || gives_out));
  if (!request.accumulate && !objective) return;
  PartialSums<T>& partial = scratch.partial;
  sums.objective += table.beta_accumulate(
      args(objective),
      {partial.numerator.data(), partial.denominator.data(), partial.numerator.stride()});
  if (loss_.beta == 1) {
    for (Index n = 0; n < count; ++n) {
      for (Index k = 0; k < num_components_; ++k) sums.h_sums[k] += static_cast<double>(h(k, n));
    }
  }
}

template <class T>
void FramePass<T>::combine(const PassRequest<T>& request) {
  set_zero(total_);
  for (const Chunk& chunk : chunks_) {
    if (request.accumulate) {
      add_to(total_, chunk.sums);
    } else {
      total_.objective += chunk.sums.objective;
      total_.violation += chunk.sums.violation;
    }
  }
  const auto over_processes = [this](Matrix<double>& sums) {
    reducer_.add_over_processes(
        {sums.data(), static_cast<std::size_t>(sums.stride() * sums.cols())});
  };
  if (request.accumulate) {
    over_processes(total_.numerator);
    over_processes(total_.denominator);
    over_processes(total_.gram);
    reducer_.add_over_processes(total_.h_sums);
  }
  double scalars[] = {total_.objective, total_.violation};
  reducer_.add_over_processes(scalars);
  total_.objective = scalars[0];
  total_.violation = scalars[1];
}

template class FramePass<float>;
template class FramePass<double>;

}  // namespace partwise::nmf
