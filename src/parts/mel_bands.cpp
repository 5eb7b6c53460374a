#include <algorithm>
#include <cmath>
#include <parts/mel_bands.hpp>

namespace partwise::parts {
namespace {

double mel_of(double hz) { return 2595 * std::log10(1 + hz / 700); }
double hz_of(double mel) { return 700 * (std::pow(10.0, mel / 2595) - 1); }

}  // namespace

MelBands::MelBands(Index count, double hz_min, double hz_max, Index num_bins, double bin_hz) {
  const double top = std::min(hz_max, static_cast<double>(num_bins - 1) * bin_hz);
  const double low = std::min(hz_min, top);
  const double step = (mel_of(top) - mel_of(low)) / static_cast<double>(count + 1);
  const auto edge = [&](Index i) { return hz_of(mel_of(low) + static_cast<double>(i) * step); };
  for (Index b = 0; b < count; ++b) {
    const double left = edge(b), centre = edge(b + 1), right = edge(b + 2);
    Band band;
    double sum = 0;
    for (Index f = 0; f < num_bins; ++f) {
      const double hz = static_cast<double>(f) * bin_hz;
      const double rise = (hz - left) / (centre - left), fall = (right - hz) / (right - centre);
      const double weight = std::min(rise, fall);
      if (!(weight > 0)) continue;
      if (band.weights.empty()) band.first = f;
      band.weights.push_back(weight);
      sum += weight;
    }
    for (double& weight : band.weights) weight /= sum;
    bands_.push_back(std::move(band));
  }
}

void MelBands::sum(const float* x, double* bands) const {
  for (const Band& band : bands_) {
    double sum = 0;
    for (std::size_t i = 0; i < band.weights.size(); ++i) {
      sum += band.weights[i] * static_cast<double>(x[band.first + static_cast<Index>(i)]);
    }
    *bands++ = sum;
  }
}

}  // namespace partwise::parts
