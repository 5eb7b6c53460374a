#include <algorithm>
#include <limits>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>
#include <string>

namespace partwise {
namespace {

/// Inverse frames that are held at once.
constexpr Index kBlockFrames = 16;

/// Frames that reach into num_samples samples (librosa's rule).
Index frames_in_use(Index num_samples, const StftOptions& options) {
  const Index padded = num_samples + 2 * (options.n_fft / 2);
  return (padded + options.hop_length - 1) / options.hop_length;
}

}  // namespace

template <class T>
Matrix<std::complex<float>> stft(std::span<const float> channel, const StftOptions& options) {
  FrameTransform<T> transform(options);
  Matrix<std::complex<float>> spectra(num_bins(options),
                                      num_frames(static_cast<Index>(channel.size()), options));
  transform.forward(channel, 0, spectra);
  return spectra;
}

template <class T>
std::vector<float> istft(MatrixView<const std::complex<float>> spectra, const StftOptions& options,
                         Index num_samples) {
  FrameTransform<T> transform(options);
  if (spectra.rows != num_bins(options)) {
    throw bad_argument("spectra.rows", spectra.rows, std::to_string(num_bins(options)) + " (bins)");
  }
  if (num_samples < 0) {
    throw bad_argument("num_samples", num_samples, "0 or more");
  }
  const Index half = options.n_fft / 2;
  const Index used = std::min(spectra.cols, frames_in_use(num_samples, options));
  std::vector<double> sum(static_cast<std::size_t>(num_samples), 0.0);
  Matrix<T> frames(options.n_fft, kBlockFrames);
  for (Index first = 0; first < used; first += kBlockFrames) {
    const Index count = std::min(kBlockFrames, used - first);
    transform.inverse(spectra.columns(first, count), frames.view().columns(0, count));
    for (Index t = 0; t < count; ++t) {
      const Index start = (first + t) * options.hop_length - half;
      const Index end = std::min(options.n_fft, num_samples - start);
      for (Index i = std::max<Index>(0, -start); i < end; ++i) sum[start + i] += frames(i, t);
    }
  }
  std::vector<double> weight(sum.size());
  window_sum_square(options, used, 0, weight);
  std::vector<float> signal(sum.size(), 0.0F);
  for (std::size_t i = 0; i < sum.size(); ++i) {
    if (weight[i] > std::numeric_limits<float>::min()) {
      signal[i] = static_cast<float>(sum[i] / weight[i]);
    }
  }
  return signal;
}

template Matrix<std::complex<float>> stft<float>(std::span<const float>, const StftOptions&);
template Matrix<std::complex<float>> stft<double>(std::span<const float>, const StftOptions&);
template std::vector<float> istft<float>(MatrixView<const std::complex<float>>, const StftOptions&,
                                         Index);
template std::vector<float> istft<double>(MatrixView<const std::complex<float>>, const StftOptions&,
                                          Index);

}  // namespace partwise
