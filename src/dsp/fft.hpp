#pragma once
#include <dsp/lanes.hpp>
#include <memory>
#include <partwise/index.hpp>

namespace partwise {

/// The real FFT of kLanes sequences at once, lying side by side: element i of sequence `lane` is
/// data[i * kLanes + lane]. A sequence's result does not depend on its neighbours or its lane.
///
/// Spectra are packed into as many rows as the samples had: row 0 is the real part of bin 0; row
/// 2f - 1 the real and row 2f the imaginary part of bin f; for even n the last row is the real part
/// of bin n/2. Copies share the plan and may be used by different threads. Powers of two go through
/// our own passes (fft_passes-inl.hpp), other lengths through a library (any_length_fft.hpp).
template <class T>
class Rfft {
 public:
  static constexpr Index kLanes = kFrameLanes<T>;

  /// For sequences of n samples, [1, inf).
  explicit Rfft(Index n);

  /// Blocks hold n * kLanes values and are 64-byte aligned. What is read is overwritten.
  void forward(T* samples, T* spectra) const;

  /// n times the samples of the spectra, where there are gains of the spectra times the gain of bin
  /// f at gains[f * kLanes + lane]. The spectra stay as they are.
  void inverse(const T* spectra, T* samples, const T* gains = nullptr) const;

 private:
  struct Plan;
  std::shared_ptr<const Plan> plan_;
};

}  // namespace partwise
