#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <formats/decode_checks.hpp>
#include <formats/text.hpp>
#include <new>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <string>

namespace partwise {

Signal resample(const Signal& signal, double sample_rate_hz) {
  for (const double rate : {signal.sample_rate_hz, sample_rate_hz}) {
    if (!kSampleRateRange.contains(rate)) {
      throw bad_argument("sample_rate_hz", rate, kSampleRateRange);
    }
  }
  if (sample_rate_hz == signal.sample_rate_hz) return signal;

  const double ratio = sample_rate_hz / signal.sample_rate_hz;
  Signal out;
  out.sample_rate_hz = sample_rate_hz;
  out.samples = Matrix<float>(
      static_cast<Index>(std::ceil(static_cast<double>(signal.num_samples()) * ratio)),
      signal.num_channels());
  const auto io = ::soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const auto quality = ::soxr_quality_spec(SOXR_HQ, 0);
  const auto one_thread = ::soxr_runtime_spec(1);
  // A channel at a time, as librosa does. What soxr does not fill stays zero.
  for (Index c = 0; c < signal.num_channels(); ++c) {
    const ::soxr_error_t error = ::soxr_oneshot(
        signal.sample_rate_hz, sample_rate_hz, 1, signal.samples.column(c),
        static_cast<std::size_t>(signal.num_samples()), nullptr, out.samples.column(c),
        static_cast<std::size_t>(out.num_samples()), nullptr, &io, &quality, &one_thread);
    // With the rates checked, only memory can be missing.
    if (error != nullptr) throw std::bad_alloc();
  }
  return out;
}

}  // namespace partwise
