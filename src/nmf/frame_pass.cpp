#include <algorithm>
#include <kernels/denormals.hpp>
#include <kernels/kernel_table.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/frame_pass.hpp>
#include <nmf/h_update.hpp>

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

/// c = a b' for a [rows x n], b [cols x n].
template <class T>
void multiply_by_transpose(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c) {
  multiply(a, b.data, b.stride, Index{1}, c);
}

template <class T>
void transposed_multiply(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c) {
  kernels::kernel_table<T>().multiply_transposed(
      {a.data, a.stride, b.data, b.stride, c.data, c.stride, a.rows, a.cols, b.cols});
}

template <class T>
void add_to(Matrix<double>& sum, MatrixView<const T> term) {
  for (Index c = 0; c < term.cols; ++c) {
    double* to = sum.column(c);
    const T* from = term.column(c);
    for (Index r = 0; r < term.rows; ++r) to[r] += static_cast<double>(from[r]);
  }
}

void set_zero(PassSums& sums) {
  sums.numerator.set_zero();
  sums.denominator.set_zero();
  sums.gram.set_zero();
  std::fill(sums.h_sums.begin(), sums.h_sums.end(), 0.0);
  sums.objective = 0;
  sums.violation = 0;
}

}  // namespace

template <class T>
struct FramePass<T>::Scratch {
  Scratch(Index bins, Index components)
      : x(bins, kBlockFrames),
        model(bins, kBlockFrames),
        numerator(bins, kBlockFrames),
        denominator(bins, kBlockFrames),
        product(bins, components),
        h_numerator(components, kBlockFrames),
        h_denominator(components, kBlockFrames),
        gram(components, components),
        gradient(static_cast<std::size_t>(components)) {}
  Matrix<T> x, model, numerator, denominator;  // [F x block]
  Matrix<T> product;                           // [F x K]
  Matrix<T> h_numerator, h_denominator;        // [K x block]
  Matrix<T> gram;                              // [K x K]
  std::vector<T> gradient;                     // [K]
};

template <class T>
struct FramePass<T>::ChunkSums : PassSums {
  Index first = 0;
  Index count = 0;
};

/// What every block needs to know of W.
template <class T>
struct FramePass<T>::WFacts {
  Matrix<T> gram;              // W'W [K x K], Frobenius
  std::vector<T> column_sums;  // [K], beta = 1
};

template <class T>
FramePass<T>::FramePass(const DataSource<T>& data, const Loss& loss, Index num_components,
                        Reducer& reducer)
    : data_(data),
      loss_(loss),
      num_components_(num_components),
      reducer_(reducer),
      worth_threads_(data.bins() * data.frames() * num_components > kSerialWork) {
  const FrameChunks chunks(data.frames());
  const auto prepare = [&](PassSums& sums) {
    sums.numerator = Matrix<double>(data.bins(), num_components);
    if (loss.frobenius()) {
      sums.gram = Matrix<double>(num_components, num_components);
    } else if (loss.beta == 1) {
      sums.h_sums.resize(static_cast<std::size_t>(num_components));
    } else {
      sums.denominator = Matrix<double>(data.bins(), num_components);
    }
  };
  prepare(total_);
  chunks_.resize(static_cast<std::size_t>(chunks.count()));
  for (Index c = 0; c < chunks.count(); ++c) {
    prepare(chunks_[c]);
    chunks_[c].first = chunks.begin(c);
    chunks_[c].count = chunks.end(c) - chunks.begin(c);
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
  return std::make_unique<Scratch>(data_.bins(), num_components_);
}

template <class T>
void FramePass<T>::give_back(std::unique_ptr<Scratch> scratch) {
  const std::lock_guard lock(scratch_mutex_);
  free_scratch_.push_back(std::move(scratch));
}

template <class T>
const PassSums& FramePass<T>::run(const PassRequest<T>& request, const RunControl& control) {
  WFacts facts;
  if (loss_.frobenius()) {
    facts.gram = Matrix<T>(num_components_, num_components_);
    transposed_multiply(request.w, request.w, facts.gram.view());
    if (loss_.coordinate_descent) {
      for (Index k = 0; k < num_components_; ++k)
        facts.gram(k, k) += static_cast<T>(loss_.penalties.l2_h);
    }
  } else if (loss_.beta == 1) {
    for (Index k = 0; k < num_components_; ++k) {
      double sum = 0;
      for (const T value : request.w.column_span(k)) sum += static_cast<double>(value);
      facts.column_sums.push_back(static_cast<T>(sum));
    }
  }
  const auto count = static_cast<Index>(chunks_.size());
  const auto task = [&](Index chunk) { run_chunk(chunk, request, facts, control); };
  if (worth_threads_) {
    reducer_.for_each(count, task);
  } else {
    for (Index chunk = 0; chunk < count; ++chunk) task(chunk);
  }
  combine(request);
  return total_;
}

template <class T>
void FramePass<T>::run_chunk(Index chunk, const PassRequest<T>& request, const WFacts& facts,
                             const RunControl& control) {
  ChunkSums& sums = chunks_[chunk];
  set_zero(sums);
  auto scratch = take_scratch();
  for (Index at = 0; at < sums.count; at += kBlockFrames) {
    if (control.stop.load(std::memory_order_relaxed)) break;
    const Index first = sums.first + at;
    const Index count = std::min(kBlockFrames, sums.count - at);
    const MatrixView<const T> x = data_.block(first, count, scratch->x);
    const kernels::FlushDenormals flush;
    if (loss_.frobenius()) {
      frobenius_block(x, first, request, facts, *scratch, sums);
    } else {
      beta_block(x, first, request, facts, *scratch, sums);
    }
  }
  give_back(std::move(scratch));
}

template <class T>
void FramePass<T>::frobenius_block(MatrixView<const T> x, Index first,
                                   const PassRequest<T>& request, const WFacts& facts,
                                   Scratch& scratch, ChunkSums& sums) const {
  const Index count = x.cols;
  MatrixView<const T> h = request.h.columns(first, count);
  if (request.update_h) {
    const auto correlation = scratch.h_numerator.view().columns(0, count);
    transposed_multiply(request.w, x, correlation);
    const auto next = request.h_next.columns(first, count);
    if (loss_.coordinate_descent) {
      const auto l1 = static_cast<T>(loss_.penalties.l1_h);
      for (Index n = 0; n < count; ++n) {
        for (Index k = 0; k < num_components_; ++k) correlation(k, n) -= l1;
        if (next.data != h.data) std::copy_n(h.column(n), num_components_, next.column(n));
      }
      sums.violation += descend_h<T>(facts.gram, correlation, next, scratch.gradient.data());
    } else {
      const auto denominator = scratch.h_denominator.view().columns(0, count);
      multiply(facts.gram.view(), h.data, Index{1}, h.stride, denominator);
      multiply_h<T>(correlation, denominator, h, next, loss_, request.zero_below);
    }
    h = next;
  }
  if (request.accumulate) {
    multiply_by_transpose(x, h, scratch.product.view());
    add_to<T>(sums.numerator, scratch.product.view());
    multiply_by_transpose(h, h, scratch.gram.view());
    add_to<T>(sums.gram, scratch.gram.view());
  }
  if (request.objective) {
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
                              const WFacts& facts, Scratch& scratch, ChunkSums& sums) const {
  const Index count = x.cols;
  const auto model = scratch.model.view().columns(0, count);
  const auto numerator = scratch.numerator.view().columns(0, count);
  const auto denominator = scratch.denominator.view().columns(0, count);
  MatrixView<const T> h = request.h.columns(first, count);
  const auto weigh = [&](bool want_objective) {
    multiply(request.w, h.data, Index{1}, h.stride, model);
    return kernels::kernel_table<T>().beta_cells(
        {x.data, model.data, numerator.data, denominator.data, model.stride, model.rows, count,
         loss_.beta, static_cast<T>(loss_.model_below), static_cast<T>(loss_.model_replacement),
         static_cast<T>(loss_.data_counts_above), want_objective});
  };
  sums.objective += weigh(request.objective && !request.after_update);
  if (request.update_h) {
    const auto h_numerator = scratch.h_numerator.view().columns(0, count);
    const auto h_denominator = scratch.h_denominator.view().columns(0, count);
    transposed_multiply<T>(request.w, numerator, h_numerator);
    if (loss_.beta == 1) {
      for (Index n = 0; n < count; ++n) {
        std::copy_n(facts.column_sums.data(), num_components_, h_denominator.column(n));
      }
    } else {
      transposed_multiply<T>(request.w, denominator, h_denominator);
    }
    const auto next = request.h_next.columns(first, count);
    multiply_h<T>(h_numerator, h_denominator, h, next, loss_, request.zero_below);
    h = next;
    if (request.accumulate || request.after_update) {
      sums.objective += weigh(request.objective && request.after_update);
    }
  }
  if (!request.accumulate) return;
  multiply_by_transpose<T>(numerator, h, scratch.product.view());
  add_to<T>(sums.numerator, scratch.product.view());
  if (loss_.beta == 1) {
    for (Index n = 0; n < count; ++n) {
      for (Index k = 0; k < num_components_; ++k) sums.h_sums[k] += static_cast<double>(h(k, n));
    }
  } else {
    multiply_by_transpose<T>(denominator, h, scratch.product.view());
    add_to<T>(sums.denominator, scratch.product.view());
  }
}

template <class T>
void FramePass<T>::combine(const PassRequest<T>& request) {
  set_zero(total_);
  const auto add = [](Matrix<double>& sum, const Matrix<double>& term) {
    if (!term.empty()) add_to<double>(sum, term.view());
  };
  for (const ChunkSums& chunk : chunks_) {
    if (request.accumulate) {
      add(total_.numerator, chunk.numerator);
      add(total_.denominator, chunk.denominator);
      add(total_.gram, chunk.gram);
      for (std::size_t k = 0; k < total_.h_sums.size(); ++k) total_.h_sums[k] += chunk.h_sums[k];
    }
    total_.objective += chunk.objective;
    total_.violation += chunk.violation;
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
