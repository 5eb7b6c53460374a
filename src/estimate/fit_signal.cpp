#include <estimate/fit_signal.hpp>
#include <partwise/error.hpp>
#include <string>

namespace partwise {

bool fit_signal(Signal& signal, const RunOptions& options, const SoundServices& services,
                const RunControl& control) {
  const bool mixed = options.mono && signal.num_channels() > 1;
  const bool resampled =
      options.sample_rate_hz != 0 && options.sample_rate_hz != signal.sample_rate_hz;
  if (mixed) signal = to_mono(signal);
  control.check_stop();
  if (resampled) {
    if (!services.resample) {
      throw Error(ErrorCode::usage, "--sample-rate = " + std::to_string(options.sample_rate_hz) +
                                        ", expected " + std::to_string(signal.sample_rate_hz) +
                                        ", the recording's: there is no resampler here");
    }
    signal = services.resample(signal, options.sample_rate_hz);
  }
  return mixed || resampled;
}

}  // namespace partwise
