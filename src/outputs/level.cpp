#include <algorithm>
#include <cmath>
#include <limits>
#include <outputs/level.hpp>

namespace partwise {

void LevelMeter::add(MatrixView<const float> samples) {
  for (Index c = 0; c < samples.cols; ++c) {
    double squares = 0;
    float peak = 0;
    for (const float x : samples.column_span(c)) {
      squares += static_cast<double>(x) * static_cast<double>(x);
      peak = std::max(peak, std::abs(x));
    }
    squares_ += squares;
    peak_ = std::max(peak_, static_cast<double>(peak));
  }
  count_ += static_cast<double>(samples.rows * samples.cols);
}

double LevelMeter::rms() const { return count_ > 0 ? std::sqrt(squares_ / count_) : 0; }

double ratio_db(double amplitude, double reference) {
  if (!(amplitude > 0) || !(reference > 0)) return std::numeric_limits<double>::quiet_NaN();
  return 20 * std::log10(amplitude / reference);
}

}  // namespace partwise
