#include <algorithm>
#include <parts/pair_features.hpp>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

using parts::ComponentFeatures;
using parts::PairFeatures;

/// The mean of two logistic regressions on pairs of components of recordings with known sources,
/// each pair weighted by the root of its amplitudes: one on twenty recordings, one on 69 that were
/// put together from one-shots and a synthesiser. bench/learn_similarity.py fits such weights.
constexpr double kIntercept = -1.685;
constexpr PairFeatures kWeights = [] {
  PairFeatures w{};
  w[parts::kActivationCorrelation] = -3.928;
  w[parts::kSmoothActivationCorrelation] = 0.975;
  w[parts::kOnsetCorrelation] = 2.258;
  w[parts::kSpectralCosine] = -1.000;
  w[parts::kMelCosine] = 2.201;
  w[parts::kMfccSimilarity] = 1.152;
  w[parts::kActivationOverlap] = 0.765;
  w[parts::kSpectrumAndActivation] = 8.443;
  w[parts::kOnsetAndMel] = -1.155;
  w[parts::kPercussivenessSimilarity] = 0.165;
  return w;
}();

constexpr double kMostLogOdds = 9.2;  // a probability of 1e-4, or 1 less that

double log_odds(const ComponentFeatures& a, const ComponentFeatures& b) {
  if (a.is_silent || b.is_silent) return -kMostLogOdds;
  const PairFeatures x = parts::pair_features(a, b);
  double z = kIntercept;
  for (int f = 0; f < parts::kNumPairFeatures; ++f) z += kWeights[f] * x[f];
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
