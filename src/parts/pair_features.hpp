#pragma once
// What two components have in common, in numbers. docs/algorithms/parts.md has the formulas.
#include <array>
#include <parts/component_features.hpp>
#include <string_view>

namespace partwise::parts {

enum PairFeature {
  kActivationCorrelation,        ///< Pearson, of the roots of the activations
  kSmoothActivationCorrelation,  ///< the same after a Gaussian of half a second
  kOnsetCorrelation,
  kSpectralCosine,
  kMelCosine,
  kMfccSimilarity,  ///< minus the Euclidean distance
  kActivationOverlap,
  kSpectrumAndActivation,     ///< kSpectralCosine times what is positive of kActivationCorrelation
  kOnsetAndMel,               ///< kOnsetCorrelation times kMelCosine
  kPercussivenessSimilarity,  ///< minus the distance
  kNumPairFeatures
};

using PairFeatures = std::array<double, kNumPairFeatures>;

/// As docs/algorithms/parts.md and bench/learn_similarity.py call them.
inline constexpr std::array<std::string_view, kNumPairFeatures> kPairFeatureNames{
    "activation_correlation",
    "smooth_activation_correlation",
    "onset_correlation",
    "spectral_cosine",
    "mel_cosine",
    "mfcc_similarity",
    "activation_overlap",
    "spectrum_and_activation",
    "onset_and_mel",
    "percussiveness_similarity"};

/// Neither component is silent.
[[nodiscard]] PairFeatures pair_features(const ComponentFeatures& a, const ComponentFeatures& b);

}  // namespace partwise::parts
