#include <limits>
#include <nmf/loss.hpp>

namespace partwise::nmf {

Loss loss_for(const FactorizeOptions& options, Solver solver) {
  Loss loss;
  loss.beta = options.beta;
  loss.coordinate_descent = solver == Solver::cd;
  if (options.beta < 1) loss.exponent = 1 / (2 - options.beta);
  if (options.beta > 2) loss.exponent = 1 / (options.beta - 1);
  loss.penalties = options.penalties;
  if (options.normalize) {
    loss.model_below = kModelFloor;
    loss.model_replacement = kModelFloor;
    // Below a floor of -138 dB re the peak, Itakura-Saito would spend its parts on silence.
    if (options.beta <= 0) loss.data_floor = kEpsilon;
  } else {
    loss.model_below = std::numeric_limits<float>::min();
    loss.model_replacement = kEpsilon;
    loss.data_counts_above = kEpsilon;
    if (!loss.coordinate_descent) {
      if (options.beta < 1) loss.zero_first_below = kSmallestFactor;
      if (options.beta <= 1) loss.zero_second_below = kSmallestFactor;
    }
  }
  return loss;
}

}  // namespace partwise::nmf
