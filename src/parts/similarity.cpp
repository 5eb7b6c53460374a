#include <algorithm>
#include <array>
#include <cmath>
#include <parts/component_features.hpp>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

using parts::ComponentFeatures;

/// What two components have in common; docs/algorithms/parts.md has the formulas.
enum Feature {
  kOne,
  kCorrH,
  kCorrHsm,
  kCorrOn,
  kCosW,
  kCosWblur,
  kMfccd,
  kOverlapH,
  kCoWH,
  kDlag,
  kDperc,
  kNumFeatures
};

/// The mean of two logistic regressions on pairs of components of recordings with known sources,
/// each pair weighted by the root of its amplitudes: one on twenty recordings, one on 69 that were
/// put together from one-shots and a synthesiser.
constexpr std::array<double, kNumFeatures> kWeights = [] {
  std::array<double, kNumFeatures> w{};
  w[kOne] = -1.685;
  w[kCorrH] = -3.928;
  w[kCorrHsm] = 0.975;
  w[kCorrOn] = 2.258;
  w[kCosW] = -1.000;
  w[kCosWblur] = 2.201;
  w[kMfccd] = 1.152;
  w[kOverlapH] = 0.765;
  w[kCoWH] = 8.443;
  w[kDlag] = -1.155;
  w[kDperc] = 0.165;
  return w;
}();

constexpr double kMostLogOdds = 9.2;      // a probability of 1e-4, or 1 less that
constexpr double kCepstralDistance = 10;  // brings it to the size of the others

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
  for (int c = 0; c < parts::kCepstra; ++c) {
    sum += (a.cepstrum[c] - b.cepstrum[c]) * (a.cepstrum[c] - b.cepstrum[c]);
  }
  return std::sqrt(sum);
}

double log_odds(const ComponentFeatures& a, const ComponentFeatures& b) {
  if (a.is_silent || b.is_silent) return -kMostLogOdds;
  std::array<double, kNumFeatures> x{};
  x[kOne] = 1;
  x[kCorrH] = dot(a.track, b.track);
  x[kCorrHsm] = dot(a.smooth_track, b.smooth_track);
  x[kCorrOn] = dot(a.onsets, b.onsets);
  x[kCosW] = dot(a.spectrum, b.spectrum);
  x[kCosWblur] = dot(a.bands, b.bands);
  x[kMfccd] = -cepstral_distance(a, b) / kCepstralDistance;
  x[kOverlapH] = overlap(a, b);
  x[kCoWH] = x[kCosW] * std::max(x[kCorrH], 0.0);
  x[kDlag] = x[kCorrOn] * x[kCosWblur];
  x[kDperc] = -std::abs(a.percussiveness - b.percussiveness);
  double z = 0;
  for (int f = 0; f < kNumFeatures; ++f) z += kWeights[f] * x[f];
  return std::clamp(z, -kMostLogOdds, kMostLogOdds);
}

}  // namespace

Matrix<double> same_source_log_odds(MatrixView<const float> w, MatrixView<const float> h,
                                    const SimilarityOptions& options, Reducer& reducer) {
  const Index count = w.cols;
  const auto features = parts::component_features(w, h, options, reducer);
  Matrix<double> out(count, count);
  reducer.for_each(count, [&](Index j) {
    for (Index i = 0; i < j; ++i) out(i, j) = log_odds(features[i], features[j]);
  });
  for (Index j = 0; j < count; ++j) {
    for (Index i = 0; i < j; ++i) out(j, i) = out(i, j);
  }
  return out;
}

}  // namespace partwise
