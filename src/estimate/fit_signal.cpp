#include <estimate/fit_signal.hpp>
#include <partwise/error.hpp>

namespace partwise {

bool fit_signal(Signal& signal, const RunOptions& options, const SoundServices& services,
                const RunControl& control) {
  const bool mixed = options.mono && signal.num_channels() > 1;
  const bool resampled = options.sample_rate_hz && options.sample_rate_hz != signal.sample_rate_hz;
  if (mixed) signal = to_mono(signal);
  control.check_stop();
  if (resampled) {
    if (!services.resample) {
      throw bad_argument(
          "sample_rate_hz", *options.sample_rate_hz,
          value_text(signal.sample_rate_hz) + ", the recording's: there is no resampler here");
    }
    signal = services.resample(signal, *options.sample_rate_hz);
  }
  return mixed || resampled;
}

}  // namespace partwise
