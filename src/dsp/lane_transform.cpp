#include <algorithm>
#include <dsp/lane_kernels.hpp>
#include <dsp/lane_transform.hpp>
#include <type_traits>

namespace partwise {
namespace {

StftOptions checked(const StftOptions& options) {
  validate(options);
  return options;
}

}  // namespace

template <class T>
LaneTransform<T>::LaneTransform(const StftOptions& options)
    : options_(checked(options)), fft_(options.n_fft) {
  const std::vector<double> window = hann_window(options_.n_fft);
  const auto n = static_cast<double>(options_.n_fft);
  for (const double value : window) {
    analysis_window_.push_back(static_cast<T>(value));
    synthesis_window_.push_back(static_cast<T>(value / n));
  }
}

template <class T>
void LaneTransform<T>::forward(std::span<const float> channel, Index first_frame, Index count,
                               T* scratch, T* spectra) const {
  const Index n = options_.n_fft;
  const Index hop = options_.hop_length;
  const auto length = static_cast<Index>(channel.size());
  const T* window = analysis_window_.data();
  const Index first_sample = first_frame * hop - n / 2;
  const bool inside =
      count == kLanes && first_sample >= 0 && first_sample + (kLanes - 1) * hop + n <= length;
  if (inside) {
    lane_kernels<T>().load_frames(channel.data() + first_sample, hop, window, n, scratch);
  } else {
    std::fill_n(scratch, n * kLanes, T(0));
    for (Index lane = 0; lane < count; ++lane) {
      const Index start = first_sample + lane * hop;
      const Index end = std::min(n, length - start);
      for (Index i = std::max<Index>(0, -start); i < end; ++i) {
        scratch[i * kLanes + lane] = window[i] * static_cast<T>(channel[start + i]);
      }
    }
  }
  fft_.forward(scratch, spectra);
  if constexpr (!std::is_same_v<T, float>) {
    for (Index i = 0; i < n * kLanes; ++i) spectra[i] = static_cast<float>(spectra[i]);
  }
}

template <class T>
void add_power(const T* block, Index n_fft, double* power) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  const auto square = [](T x) { return static_cast<double>(x) * static_cast<double>(x); };
  for (Index lane = 0; lane < kLanes; ++lane) power[lane] += square(block[lane]);
  for (Index f = 1; f < num_complex_bins(n_fft); ++f) {
    const T* re = block + real_row(f) * kLanes;
    const T* im = re + kLanes;
    for (Index lane = 0; lane < kLanes; ++lane) {
      power[f * kLanes + lane] += square(re[lane]) + square(im[lane]);
    }
  }
  if (n_fft % 2 == 0) {
    const Index f = n_fft / 2;
    for (Index lane = 0; lane < kLanes; ++lane) {
      power[f * kLanes + lane] += square(block[real_row(f) * kLanes + lane]);
    }
  }
}

template class LaneTransform<float>;
template class LaneTransform<double>;
template void add_power(const float*, Index, double*);
template void add_power(const double*, Index, double*);

}  // namespace partwise
