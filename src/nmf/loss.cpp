#include <algorithm>
#include <cmath>
#include <limits>
#include <nmf/loss.hpp>

namespace partwise::nmf {
namespace {

/// The model's floor: m^(beta - 2) stays below 1e36, inside the range of float.
double model_floor(double beta) {
  constexpr double kLargestDecades = 36;
  return std::max(kModelFloor, std::pow(10.0, -kLargestDecades / (2 - std::min(beta, 1.0))));
}

}  // namespace

double effective_beta(double beta) {
  for (const double special : {0.0, 1.0}) {
    if (std::abs(beta - special) < kBetaSnap) return special;
  }
  return beta;
}

Loss loss_for(const FactorizeOptions& options, Solver solver) {
  Loss loss;
  loss.beta = effective_beta(options.beta);
  loss.coordinate_descent = solver == Solver::cd || (solver == Solver::fast && loss.frobenius());
  if (loss.beta < 1) loss.exponent = 1 / (2 - loss.beta);
  if (loss.beta > 2) loss.exponent = 1 / (loss.beta - 1);
  if (options.normalize) {
    loss.model_below = model_floor(loss.beta);
    loss.model_replacement = loss.model_below;
    // Below a floor of -138 dB re the peak, Itakura-Saito would spend its parts on silence.
    if (loss.beta <= 0) loss.data_floor = kEpsilon;
  } else {
    loss.model_below = std::numeric_limits<float>::min();
    loss.model_replacement = kEpsilon;
    loss.data_counts_above = kEpsilon;
    if (!loss.coordinate_descent) {
      if (loss.beta < 1) loss.zero_first_below = kSmallestFactor;
      if (loss.beta <= 1) loss.zero_second_below = kSmallestFactor;
    }
  }
  return loss;
}

bool bring_to_data(Loss& loss, int exponent) {
  // 1 / model^2 of the quietest model, 1e24, and the largest squares stay inside the range of
  // float.
  constexpr int kLeast = -40;
  constexpr int kMost = 16;
  const bool whole = loss.beta == 2 || loss.beta == 1 || loss.beta == 0;
  if (!whole || exponent < kLeast || exponent > kMost) return false;
  for (double* threshold : {&loss.model_below, &loss.model_replacement, &loss.data_counts_above}) {
    *threshold = std::ldexp(*threshold, -exponent);
  }
  return true;
}

}  // namespace partwise::nmf
