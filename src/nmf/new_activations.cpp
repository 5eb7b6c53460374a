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

/// H of the frames of `data` from that of all processes' frames whose number is a multiple of
/// ratio.
template <class T>
Matrix<T> interpolate(const Matrix<T>& h, Index ratio, const ScaledData<T>& data) {
  Matrix<T> out(h.rows(), data.frames());
  for (Index n = 0; n < out.cols(); ++n) {
    const Index frame = data.first_frame() + n;
    const T* left = h.column(frame / ratio);
    const T* right = h.column(std::min(frame / ratio + 1, h.cols() - 1));
    const auto share = static_cast<T>(frame % ratio) / static_cast<T>(ratio);
    for (Index k = 0; k < h.rows(); ++k) {
      out(k, n) = left[k] + share * (right[k] - left[k]);
    }
  }
  return out;
}

/// Extrapolated updates of H alone, in place; the last is not carried on.
template <class T>
void update_h(const Problem<T>& problem, const Matrix<T>& w, MatrixView<T> h, Index updates) {
  FramePass<T> pass(problem, w.cols());
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
    const ScaledData<T> data(matrix_source(cells.view()), 0, T{0});
    update_h(problem.with(data, problem.regularisers), w_bands, h.view().columns(first, count),
             kUpdatesOnBands);
  }
}

}  // namespace

template <class T>
Matrix<T> new_activations(const Problem<T>& problem, const Factors<T>& coarse, Index ratio,
                          bool use_bands) {
  const ScaledData<T> coarse_data = problem.data.every(ratio);
  Matrix<T> h =
      interpolate(gather_columns(coarse.h, {coarse_data.first_frame(), coarse_data.all_frames()},
                                 problem.reducer),
                  ratio, problem.data);
  if (problem.loss.coordinate_descent) return h;  // the first sweeps of a run find it
  // In place, frame by frame.
  const Regularisers<T> terms = problem.regularisers.of_single_frames();
  const Problem<T> of_frames = problem.with(problem.data, terms);
  const bool on_bands = use_bands && ratio > 1;
  if (on_bands) update_on_bands(of_frames, coarse.w, h);
  update_h(of_frames, coarse.w, h.view(), use_bands ? kUpdatesAfterBands : kUpdatesWithoutBands);
  return h;
}

template Matrix<float> new_activations(const Problem<float>&, const Factors<float>&, Index, bool);
template Matrix<double> new_activations(const Problem<double>&, const Factors<double>&, Index,
                                        bool);

}  // namespace partwise::nmf
