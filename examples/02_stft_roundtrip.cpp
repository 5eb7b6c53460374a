// A tone to its short-time spectrum and back.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <partwise/stft.hpp>
#include <vector>

int main() {
  using namespace partwise;

  constexpr double sample_rate_hz = 44100, tone_hz = 440;
  std::vector<float> tone(44100);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    const double phase = 2 * std::numbers::pi * tone_hz * static_cast<double>(i) / sample_rate_hz;
    tone[i] = static_cast<float>(0.5 * std::sin(phase));
  }

  const StftOptions options = default_stft_options(sample_rate_hz);
  const auto spectra = stft<float>(tone, options);  // column t is frame t
  std::printf("%td bins x %td frames\n", spectra.rows(), spectra.cols());

  const std::vector<float> back = istft<float>(spectra, options, static_cast<Index>(tone.size()));
  double worst = 0;
  for (std::size_t i = 0; i < tone.size(); ++i) {
    worst = std::max(worst, std::abs(double{back[i]} - double{tone[i]}));
  }
  const double error_db = 20 * std::log10(worst);
  std::printf("largest difference %.0f dB\n", error_db);
  constexpr double allowed_db = -120;  // a 24 bit file is coarser than -138, a 16 bit one than -90
  return error_db < allowed_db ? 0 : 1;
}
