#include <algorithm>
#include <partwise/picture.hpp>
#include <partwise/run.hpp>
#include <partwise/stft.hpp>

namespace partwise {

Image spectrogram_image(const Recording& recording, const RunOptions& options, Reducer& reducer,
                        const RunControl& control) {
  constexpr int kMagnitudes = 1;
  const double rate = recording.signal.sample_rate_hz;
  StftOptions stft = options.analysis.stft;
  if (stft.n_fft == 0) stft.n_fft = default_stft_options(rate).n_fft;
  if (stft.hop_length == 0) stft.hop_length = std::max<Index>(1, stft.n_fft / 4);
  const Matrix<float> v =
      magnitude_spectrogram<float>(recording.signal, stft, kMagnitudes, reducer, control);
  SpectrogramPlot plot = options.plot;
  if (!options.has_title) plot.title = recording.facts.name;
  return draw_spectrogram(v, kMagnitudes, rate / static_cast<double>(stft.n_fft),
                          static_cast<double>(stft.hop_length) / rate, plot);
}

}  // namespace partwise
