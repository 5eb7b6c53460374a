#include <algorithm>
#include <cassert>
#include <dsp/lane_transform.hpp>
#include <partwise/stft.hpp>

namespace partwise {

template <class T>
struct FrameTransform<T>::State {
  explicit State(const StftOptions& options)
      : lanes(options), samples(lanes.num_values(), 1), spectra(lanes.num_values(), 1) {}

  LaneTransform<T> lanes;
  Matrix<T> samples;
  Matrix<T> spectra;
};

template <class T>
FrameTransform<T>::FrameTransform(const StftOptions& options)
    : state_(std::make_unique<State>(options)) {}
template <class T>
FrameTransform<T>::~FrameTransform() = default;
template <class T>
FrameTransform<T>::FrameTransform(const FrameTransform& other)
    : state_(std::make_unique<State>(*other.state_)) {}

template <class T>
void FrameTransform<T>::forward(std::span<const float> channel, Index first_frame,
                                MatrixView<std::complex<float>> out) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  const Index n = state_->lanes.options().n_fft;
  assert(out.rows == n / 2 + 1);
  const T* block = state_->spectra.data();
  for (Index t = 0; t < out.cols; t += kLanes) {
    const Index count = std::min(kLanes, out.cols - t);
    state_->lanes.forward(channel, first_frame + t, count, state_->samples.data(),
                          state_->spectra.data());
    for (Index lane = 0; lane < count; ++lane) {
      std::complex<float>* column = out.column(t + lane);
      for (Index f = 0; f < out.rows; ++f) {
        const T* row = block + real_row(f) * kLanes + lane;
        const bool has_imaginary = f > 0 && f < num_complex_bins(n);
        column[f] = {static_cast<float>(row[0]),
                     has_imaginary ? static_cast<float>(row[kLanes]) : 0};
      }
    }
  }
}

template <class T>
void FrameTransform<T>::inverse(MatrixView<const std::complex<float>> spectra,
                                MatrixView<T> frames) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  const Index n = state_->lanes.options().n_fft;
  assert(spectra.rows == n / 2 + 1 && frames.rows == n && frames.cols == spectra.cols);
  T* block = state_->spectra.data();
  const T* samples = state_->samples.data();
  for (Index t = 0; t < spectra.cols; t += kLanes) {
    const Index count = std::min(kLanes, spectra.cols - t);
    std::fill_n(block, n * kLanes, T(0));
    for (Index lane = 0; lane < count; ++lane) {
      const std::complex<float>* column = spectra.column(t + lane);
      for (Index f = 0; f < spectra.rows; ++f) {
        T* row = block + real_row(f) * kLanes + lane;
        row[0] = static_cast<T>(column[f].real());
        if (f > 0 && f < num_complex_bins(n)) row[kLanes] = static_cast<T>(column[f].imag());
      }
    }
    state_->lanes.inverse(block, state_->samples.data());
    const std::span<const T> window = state_->lanes.synthesis_window();
    for (Index lane = 0; lane < count; ++lane) {
      for (Index i = 0; i < n; ++i) {
        frames(i, t + lane) = samples[i * kLanes + lane] * window[i];
      }
    }
  }
}

template class FrameTransform<float>;
template class FrameTransform<double>;

}  // namespace partwise
