#include <algorithm>
#include <cmath>
#include <nmf/extrapolate.hpp>

namespace partwise::nmf {
namespace {

// Caps of 0.93 to 1 took the same number of passes; this one bounds the growth of a value by 28 a
// pass.
constexpr double kLargestMomentum = 0.93;

}  // namespace

void Momentum::advance() {
  const double next = (1 + std::sqrt(1 + 4 * t_ * t_)) / 2;
  value_ = std::min((t_ - 1) / next, kLargestMomentum);
  t_ = next;
}

void Momentum::restart() {
  t_ = 1;
  value_ = 0;
}

}  // namespace partwise::nmf
