#include <partwise/picture.hpp>
#include <partwise/run.hpp>
#include <partwise/stft.hpp>

namespace partwise {

Image spectrogram_image(const Recording& recording, const RunOptions& options, Reducer& reducer,
                        const RunControl& control) {
  constexpr int kMagnitudes = 1;
  const double rate = recording.signal.sample_rate_hz;
  const StftOptions stft = resolve(options.analysis.stft, rate);
  const Matrix<float> v =
      magnitude_spectrogram<float>(recording.signal, stft, kMagnitudes, reducer, control);
  SpectrogramPlot plot = options.plot;
  plot.title = options.title.value_or(recording.facts.name);
  return draw_spectrogram(v, kMagnitudes, rate / static_cast<double>(stft.n_fft),
                          static_cast<double>(stft.hop_length) / rate, plot);
}

}  // namespace partwise
