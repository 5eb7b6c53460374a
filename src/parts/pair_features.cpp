#include <algorithm>
#include <cmath>
#include <parts/pair_features.hpp>
#include <vector>

namespace partwise::parts {
namespace {

constexpr double kCepstralUnit = 10;  // brings the distance to the size of the others

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr std::size_t kLanes = 4;  // sums side by side, in an order that is the same everywhere
  std::array<double, kLanes> sums{};
  std::size_t i = 0;
  for (; i + kLanes <= a.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  for (; i < a.size(); ++i) sums[0] += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double overlap(const ComponentFeatures& a, const ComponentFeatures& b) {
  double shared = 0;
  for (std::size_t t = 0; t < a.gain.size(); ++t) shared += std::min(a.gain[t], b.gain[t]);
  return shared / std::min(a.gain_sum, b.gain_sum);
}

double cepstral_distance(const ComponentFeatures& a, const ComponentFeatures& b) {
  double sum = 0;
  for (int c = 0; c < kCepstra; ++c) {
    sum += (a.cepstrum[c] - b.cepstrum[c]) * (a.cepstrum[c] - b.cepstrum[c]);
  }
  return std::sqrt(sum);
}

}  // namespace

PairFeatures pair_features(const ComponentFeatures& a, const ComponentFeatures& b) {
  PairFeatures x{};
  x[kActivationCorrelation] = dot(a.track, b.track);
  x[kSmoothActivationCorrelation] = dot(a.smooth_track, b.smooth_track);
  x[kOnsetCorrelation] = dot(a.onsets, b.onsets);
  x[kSpectralCosine] = dot(a.spectrum, b.spectrum);
  x[kMelCosine] = dot(a.bands, b.bands);
  x[kMfccSimilarity] = -cepstral_distance(a, b) / kCepstralUnit;
  x[kActivationOverlap] = overlap(a, b);
  x[kSpectrumAndActivation] = x[kSpectralCosine] * std::max(x[kActivationCorrelation], 0.0);
  x[kOnsetAndMel] = x[kOnsetCorrelation] * x[kMelCosine];
  x[kPercussivenessSimilarity] = -std::abs(a.percussiveness - b.percussiveness);
  return x;
}

}  // namespace partwise::parts
