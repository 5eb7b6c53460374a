#include <algorithm>
#include <cmath>
#include <limits>
#include <outputs/level.hpp>

namespace partwise {

namespace {

/// Sums that are kept side by side: one waits for nothing that another does.
constexpr Index kSums = 8;

}  // namespace

void LevelMeter::add(MatrixView<const float> samples) {
  for (Index c = 0; c < samples.cols; ++c) {
    const float* x = samples.column(c);
    double squares[kSums] = {};
    float peaks[kSums] = {};
    for (Index i = 0; i < samples.rows / kSums * kSums; i += kSums) {
      for (Index j = 0; j < kSums; ++j) {
        const float size = std::abs(x[i + j]);
        squares[j] += static_cast<double>(size) * static_cast<double>(size);
        peaks[j] = size > peaks[j] ? size : peaks[j];
      }
    }
    for (Index i = samples.rows / kSums * kSums; i < samples.rows; ++i) {
      squares[0] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
      peaks[0] = std::max(peaks[0], std::abs(x[i]));
    }
    for (Index j = 0; j < kSums; ++j) {
      squares_ += squares[j];
      peak_ = std::max(peak_, static_cast<double>(peaks[j]));
    }
  }
  count_ += static_cast<double>(samples.rows * samples.cols);
}

void LevelMeter::add(const LevelMeter& other) {
  squares_ += other.squares_;
  count_ += other.count_;
  peak_ = std::max(peak_, other.peak_);
}

double LevelMeter::rms() const { return count_ > 0 ? std::sqrt(squares_ / count_) : 0; }

double ratio_db(double amplitude, double reference) {
  if (!(amplitude > 0) || !(reference > 0)) return std::numeric_limits<double>::quiet_NaN();
  return 20 * std::log10(amplitude / reference);
}

}  // namespace partwise
