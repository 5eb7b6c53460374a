#pragma once
// The one place that knows which FFT library there is: fft_pocketfft.cpp or fft_fftw.cpp, by CMake.
#include <memory>
#include <partwise/index.hpp>

namespace partwise {

/// The real FFT of kLanes sequences of any length, packed as Rfft packs them.
template <class T>
class AnyLengthFft {
 public:
  /// One 16-byte register, which every machine has: SSE2, NEON and WASM alike.
  static constexpr Index kLanes = 16 / sizeof(T);

  /// For sequences of n samples, [1, inf).
  explicit AnyLengthFft(Index n);

  /// Samples into packed spectra, in place. `data` holds n * kLanes values, 64-byte aligned.
  void forward(T* data) const;

  /// Packed spectra into n times the samples, in place.
  void inverse(T* data) const;

 private:
  struct Plan;
  std::shared_ptr<const Plan> plan_;
};

}  // namespace partwise
