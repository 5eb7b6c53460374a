#include <cmath>
#include <dsp/power_of_two_plan.hpp>
#include <numbers>

namespace partwise {
namespace {

/// Appends exp(-2 pi i numerator / denominator), numerator in [0, denominator).
template <class T>
void append_root(std::vector<T>& out, Index numerator, Index denominator) {
  const double angle =
      2 * std::numbers::pi * static_cast<double>(numerator) / static_cast<double>(denominator);
  out.push_back(static_cast<T>(std::cos(angle)));
  out.push_back(static_cast<T>(-std::sin(angle)));
}

bool is_power_of_four(Index value) {
  while (value % 4 == 0) value /= 4;
  return value == 1;
}

/// Where passes of radix 4, and a first one of radix 2 where needed, leave value k of `size`.
Index place_of(Index k, Index size) {
  Index radix = is_power_of_four(size) ? 4 : 2;
  Index place = 0;
  while (size > 1) {
    size /= radix;
    place += k % radix * size;
    k /= radix;
    radix = 4;
  }
  return place;
}

}  // namespace

template <class T>
PowerOfTwoPlan<T>::PowerOfTwoPlan(Index n) : points_(n / 2) {
  Index size = points_;
  if (!is_power_of_four(points_)) {
    size /= 2;
    for (Index j = 0; j < size; ++j) append_root(pass_twiddles_, j, points_);
  }
  for (; size > 4; size /= 4) {
    for (Index j = 0; j < size / 4; ++j) {
      for (Index power = 1; power < 4; ++power) append_root(pass_twiddles_, power * j, size);
    }
  }
  for (Index k = 0; k <= points_ / 2; ++k) append_root(real_twiddles_, k, n);
  for (Index k = 0; k < points_; ++k) {
    order_.push_back(static_cast<std::int32_t>(place_of(k, points_)));
  }
}

template <class T>
PowerOfTwoTables<T> PowerOfTwoPlan<T>::tables() const {
  return {points_, !is_power_of_four(points_), pass_twiddles_.data(), real_twiddles_.data(),
          order_.data()};
}

template class PowerOfTwoPlan<float>;
template class PowerOfTwoPlan<double>;

}  // namespace partwise
