#include <cmath>
#include <nmf/random_numbers.hpp>

namespace partwise::nmf {

double NormalNumbers::uniform() {
  // 27 and 26 bits of two draws make the 53 of a double.
  const auto high = static_cast<double>(engine_() >> 5);
  const auto low = static_cast<double>(engine_() >> 6);
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

double NormalNumbers::operator()() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  double x1 = 0, x2 = 0, r2 = 0;
  do {
    x1 = 2 * uniform() - 1;
    x2 = 2 * uniform() - 1;
    r2 = x1 * x1 + x2 * x2;
  } while (r2 >= 1 || r2 == 0);
  const double f = std::sqrt(-2 * std::log(r2) / r2);
  spare_ = f * x1;
  has_spare_ = true;
  return f * x2;
}

}  // namespace partwise::nmf
