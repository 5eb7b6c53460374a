#pragma once
#include <complex>
#include <memory>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/range.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/signal_source.hpp>
#include <span>
#include <vector>

namespace partwise {

// What the numbers of StftOptions may be; hop_length is at most n_fft.
inline constexpr Range<Index> kFftSizeRange{16, Index{1} << 20};
inline constexpr Range<Index> kHopRange{1, kFftSizeRange.max};
/// What a spectrogram's `power` may be.
inline constexpr Range<Index> kPowerRange{1, 2};

/// The frame and the step of the short-time Fourier transform. The window is the periodic Hann
/// window of n_fft samples; frames are centred: frame t is centred on sample t * hop_length, and
/// beyond the ends of the signal lie zeros.
struct StftOptions {
  Index n_fft = 2048;      ///< samples a frame, kFftSizeRange, odd and prime ones too
  Index hop_length = 512;  ///< samples between frames, [1, n_fft]
};

/// Throws Error(usage) naming the field, its value and its range.
void validate(const StftOptions& options);

/// n_fft = 2^round(log2(2048 sample_rate_hz / 22050)), at least 16, hop = n_fft / 4: the same 93 ms
/// frame whatever the rate.
[[nodiscard]] StftOptions default_stft_options(double sample_rate_hz);

/// F = n_fft/2 + 1. Bin f is centred on f * sample_rate / n_fft.
[[nodiscard]] Index num_bins(const StftOptions& options);

/// T: 1 + floor((num_samples + 2 floor(n_fft/2) - n_fft) / hop_length); 0 where that is negative.
[[nodiscard]] Index num_frames(Index num_samples, const StftOptions& options);

/// The periodic Hann window, 0.5 - 0.5 cos(2 pi i / n).
[[nodiscard]] std::vector<double> hann_window(Index n);

/// Transforms frames of one channel forth and back. T is the precision of the arithmetic (float
/// or double); spectra are float either way, as librosa keeps them. One object may be used from one
/// thread at a time; copies are cheap. A frame's result does not depend on its neighbours in a
/// call.
template <class T>
class FrameTransform {
 public:
  /// Throws Error(usage) if options are out of range.
  explicit FrameTransform(const StftOptions& options);
  ~FrameTransform();
  FrameTransform(const FrameTransform&);
  FrameTransform& operator=(const FrameTransform&) = delete;

  /// Spectra of frames [first_frame, first_frame + out.cols) of `channel` into `out` [F x count].
  void forward(std::span<const float> channel, Index first_frame,
               MatrixView<std::complex<float>> out);

  /// The windowed inverse transform of `spectra` [F x count] into `frames` [n_fft x count]: what
  /// overlap-add sums. The imaginary part of bin 0 and, for even n_fft, of the last bin is ignored.
  void inverse(MatrixView<const std::complex<float>> spectra, MatrixView<T> frames);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The sum of squared windows of frames [0, num_frames) at samples [first, first + out.size()) of
/// the signal: what overlap-add is divided by where it exceeds the smallest normal float.
void window_sum_square(const StftOptions& options, Index num_frames, Index first,
                       std::span<double> out);

/// The whole STFT of one channel, [F x T]. For short signals, tests and examples: the program
/// itself never stores the complex STFT of a file.
template <class T>
[[nodiscard]] Matrix<std::complex<float>> stft(std::span<const float> channel,
                                               const StftOptions& options);

/// The signal of `num_samples` samples whose STFT is `spectra` (Griffin and Lim 1984, eq. 6).
template <class T>
[[nodiscard]] std::vector<float> istft(MatrixView<const std::complex<float>> spectra,
                                       const StftOptions& options, Index num_samples);

/// V = (sqrt(mean over channels of |X_c|^2))^power, [F x T] with frames contiguous; one channel
/// gives |X|. power is 1 (magnitude) or 2. T is the precision of the transform. Peak memory: the
/// result and a few blocks of frames. Throws Error(stopped), and what the source throws.
template <class T>
[[nodiscard]] Matrix<float> magnitude_spectrogram(const SignalSource& source,
                                                  const StftOptions& options, int power,
                                                  Reducer& reducer, const RunControl& control);
template <class T>
[[nodiscard]] Matrix<float> magnitude_spectrogram(const Signal& signal, const StftOptions& options,
                                                  int power, Reducer& reducer,
                                                  const RunControl& control);

}  // namespace partwise
