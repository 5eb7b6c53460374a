#pragma once
// The one place that knows which FFT library there is: fft_pocketfft.cpp or fft_fftw.cpp, by CMake.
#include <memory>
#include <partwise/index.hpp>

namespace partwise {

/// The real FFT of kLanes sequences at once, lying side by side: element i of sequence `lane` is
/// data[i * kLanes + lane]. A sequence's result does not depend on its neighbours or its lane.
///
/// Spectra are packed into the n rows that the samples had: row 0 is the real part of bin 0; row
/// 2f - 1 the real and row 2f the imaginary part of bin f; for even n the last row is the real part
/// of bin n/2. Copies share the plan and may be used by different threads.
template <class T>
class Rfft {
 public:
  /// One 16-byte register, which every machine has: SSE2, NEON and WASM alike.
  static constexpr Index kLanes = 16 / sizeof(T);

  /// For sequences of n samples, [1, inf).
  explicit Rfft(Index n);

  /// Samples into packed spectra, in place. `data` holds n * kLanes values, 64-byte aligned.
  void forward(T* data) const;

  /// Packed spectra into n times the samples, in place.
  void inverse(T* data) const;

 private:
  struct Plan;
  std::shared_ptr<const Plan> plan_;
};

}  // namespace partwise
