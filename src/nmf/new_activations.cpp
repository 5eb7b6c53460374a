#include <algorithm>
#include <nmf/bands.hpp>
#include <nmf/extrapolate.hpp>
#include <nmf/frame_pass.hpp>
#include <nmf/new_activations.hpp>

namespace partwise::nmf {
namespace {

// Updates of H on bands, a tenth of the price each, and on all bins after them or without them.
constexpr Index kUpdatesOnBands = 24;
constexpr Index kUpdatesAfterBands = 1;
constexpr Index kUpdatesWithoutBands = 3;

// Frames whose bands are held at a time: about a megabyte.
constexpr Index kFramesAtATime = 2048;

template <class T>
Matrix<T> interpolate(const Matrix<T>& h, Index ratio, Index frames) {
  Matrix<T> out(h.rows(), frames);
  for (Index n = 0; n < frames; ++n) {
    const T* left = h.column(n / ratio);
    const T* right = h.column(std::min(n / ratio + 1, h.cols() - 1));
    const auto share = static_cast<T>(n % ratio) / static_cast<T>(ratio);
    for (Index k = 0; k < h.rows(); ++k) {
      out(k, n) = left[k] + share * (right[k] - left[k]);
    }
  }
  return out;
}

/// Extrapolated updates of H alone, in place; the last is not carried on.
template <class T>
void update_h(const Problem<T>& problem, const Matrix<T>& w, MatrixView<T> h, Index updates) {
  FramePass<T> pass(problem.data, problem.loss, w.cols(), problem.reducer);
  Matrix<T> plain(h.rows, h.cols);
  for (Index n = 0; n < h.cols; ++n) std::copy_n(h.column(n), h.rows, plain.column(n));
  Momentum momentum;
  UpdateRequest<T> request;
  request.w = w;
  request.h = h;
  request.h_next = h;
  request.accumulate = false;
  for (Index update = 1; update <= updates; ++update) {
    request.extrapolation = {plain, update == updates ? 0 : momentum.value()};
    pass.update(request, problem.control);
    momentum.advance();
  }
}

template <class T>
void update_on_bands(const Problem<T>& problem, const Matrix<T>& w, Matrix<T>& h) {
  const Bands bands(problem.data.bins());
  const Matrix<T> w_bands = bands.of(w.view(), problem.loss);
  for (Index first = 0; first < h.cols(); first += kFramesAtATime) {
    const Index count = std::min(kFramesAtATime, h.cols() - first);
    const Matrix<T> cells = bands.of(problem.data, first, count, problem.loss);
    const DataSource<T> data(cells.view(), 0, T{0});
    update_h(problem.with(data, problem.loss), w_bands, h.view().columns(first, count),
             kUpdatesOnBands);
  }
}

}  // namespace

template <class T>
Matrix<T> new_activations(const Problem<T>& problem, const Factors<T>& coarse, Index ratio,
                          bool use_bands) {
  Matrix<T> h = interpolate(coarse.h, ratio, problem.data.frames());
  if (problem.loss.coordinate_descent) return h;  // the first sweeps of a run find it
  const bool on_bands = use_bands && ratio > 1;
  if (on_bands) update_on_bands(problem, coarse.w, h);
  update_h(problem, coarse.w, h.view(), use_bands ? kUpdatesAfterBands : kUpdatesWithoutBands);
  return h;
}

template Matrix<float> new_activations(const Problem<float>&, const Factors<float>&, Index, bool);
template Matrix<double> new_activations(const Problem<double>&, const Factors<double>&, Index,
                                        bool);

}  // namespace partwise::nmf
