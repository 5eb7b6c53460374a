#pragma once
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// The machine epsilon of float, in every precision: scikit-learn's stand-in for a zero that is
/// divided by, and its threshold below which data do not count.
inline constexpr double kEpsilon = 1.1920928955078125e-7;

/// Factors below this are set to zero where numpy's double epsilon is in scikit-learn.
inline constexpr double kSmallestFactor = 2.220446049250313e-16;

/// With V scaled to a peak near 1, the model counts as at least this (-240 dB): ratios stay below
/// 1e12 and their squares inside the range of float. See model_floor() for steeper powers.
inline constexpr double kModelFloor = 1e-12;

/// Nearer than this to 0 or 1, beta counts as 0 or 1: the general formula divides by beta (beta -
/// 1), and what is left after its cancellation in float would be noise.
inline constexpr double kBetaSnap = 1e-3;
[[nodiscard]] double effective_beta(double beta);

/// The loss and the rules around it, resolved from the options: what the passes need to know.
struct Loss {
  double beta = 1;
  bool coordinate_descent = false;  ///< else multiplicative
  double exponent = 1;              ///< gamma of the multiplicative update, see loss_for()
  double model_below = 0;           ///< see kernels::BetaArgs
  double model_replacement = 0;
  double data_counts_above = 0;
  double data_floor = 0;  ///< V counts as at least this
  double zero_first_below =
      0;  ///< after its update, a smaller value of the factor updated first ...
  double zero_second_below = 0;  ///< ... and of the one updated second becomes 0
  bool weighted = false;         ///< cells have weights: sums are those of any beta

  /// Its sums are products of V, W and H.
  [[nodiscard]] bool frobenius() const { return beta == 2 && !weighted; }
  /// Its denominators are sums of W and H.
  [[nodiscard]] bool kullback_leibler() const { return beta == 1 && !weighted; }
};

/// gamma = 1/(2-beta) below 1, 1/(beta-1) above 2, else 1: with it the objective never rises
/// (Fevotte and Idier 2011, sec. 4.1).
[[nodiscard]] Loss loss_for(const FactorizeOptions& options, Solver solver);

/// Scales the loss's thresholds by 2^-exponent, so that V can be factorized as it is where it was
/// to be scaled by 2^exponent: every step is then the same but for exact powers of two, and V needs
/// no second copy. False, and nothing changed, where that does not hold (a power that is not whole)
/// or would leave the range of float.
[[nodiscard]] bool bring_to_data(Loss& loss, int exponent);

}  // namespace partwise::nmf
