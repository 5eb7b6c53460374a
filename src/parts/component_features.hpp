#pragma once
// What similarity compares: of every component its track, its spectrum, and what they are like.
#include <array>
#include <partwise/parts.hpp>
#include <vector>

namespace partwise::parts {

inline constexpr int kCepstra = 13;

/// Of one component. Vectors for Pearson's correlation are centred and of unit norm, those for the
/// cosine of unit norm, so that a dot product is the answer; all zero where there is nothing.
struct ComponentFeatures {
  bool is_silent = true;
  std::vector<double> track;         ///< s = sqrt(h), centred [T]
  std::vector<double> smooth_track;  ///< the same over half a second, centred [T]
  std::vector<double> onsets;        ///< rises of sqrt(h / max h) over a frame, centred [T - 1]
  std::vector<double> gain;          ///< h / max h [T]
  double gain_sum = 0;
  std::vector<double> spectrum;             ///< sqrt(w), unit norm [F]
  std::vector<double> bands;                ///< sqrt of blurred mel bands, unit norm
  std::array<double, kCepstra> cepstrum{};  ///< MFCC 1..13
  double percussiveness = 0;                ///< ln(sum max(diff s, 0)^2 / sum s^2 + 1e-4)
};

/// Of all components of w [F x R], h [R x T].
[[nodiscard]] std::vector<ComponentFeatures> component_features(MatrixView<const float> w,
                                                                MatrixView<const float> h,
                                                                const SimilarityOptions& options,
                                                                Reducer& reducer);

}  // namespace partwise::parts
