#pragma once
// Windowed frames to spectra and back, a few neighbouring frames side by side. What FrameTransform,
// magnitude_spectrogram and separate() are made of.
#include <dsp/fft.hpp>
#include <partwise/index.hpp>
#include <partwise/stft.hpp>
#include <span>
#include <vector>

namespace partwise {

/// Immutable, so any number of threads may share one. A block is num_values() values, 64-byte
/// aligned: sample i, or row i of the packed spectrum (see Rfft), of frame `lane` at
/// block[i * kLanes + lane].
template <class T>
class LaneTransform {
 public:
  static constexpr Index kLanes = Rfft<T>::kLanes;

  /// Throws Error(usage) if options are out of range.
  explicit LaneTransform(const StftOptions& options);

  [[nodiscard]] const StftOptions& options() const { return options_; }
  [[nodiscard]] Index num_values() const { return options_.n_fft * kLanes; }

  /// The packed spectra of frames [first_frame, first_frame + count) of `channel`, count in
  /// [0, kLanes]; the other lanes become zero. Every value is rounded to float. `scratch` is a
  /// block.
  void forward(std::span<const float> channel, Index first_frame, Index count, T* scratch,
               T* spectra) const;

  /// n_fft times the samples of packed spectra, or of spectra times gains (see Rfft).
  void inverse(const T* spectra, T* samples, const T* gains = nullptr) const {
    fft_.inverse(spectra, samples, gains);
  }

  /// What sample i of inverse() is multiplied with before frames are overlapped and added: the
  /// window divided by n_fft.
  [[nodiscard]] std::span<const T> synthesis_window() const { return synthesis_window_; }

 private:
  StftOptions options_;
  std::vector<T> analysis_window_;
  std::vector<T> synthesis_window_;
  Rfft<T> fft_;
};

/// The packed row with the real part of bin `f`.
[[nodiscard]] constexpr Index real_row(Index f) { return f == 0 ? 0 : 2 * f - 1; }

/// Bins [1, last) have an imaginary part, in the row after real_row().
[[nodiscard]] constexpr Index num_complex_bins(Index n_fft) { return (n_fft + 1) / 2; }

/// Adds |X|^2 of a packed block to power[f * kLanes + lane], f in [0, F). In double, so that no
/// float over- or underflows.
template <class T>
void add_power(const T* block, Index n_fft, double* power);

}  // namespace partwise
