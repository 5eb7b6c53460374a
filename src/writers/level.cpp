#include <algorithm>
#include <cmath>
#include <limits>
#include <writers/level.hpp>

namespace partwise {

void LevelMeter::add(MatrixView<const float> samples) {
  for (Index c = 0; c < samples.cols; ++c) {
    Tally tally;
    track_kernels().measure(samples.column(c), samples.rows, tally);
    add(tally, samples.rows);
  }
}

void LevelMeter::add(const Tally& tally, Index count) {
  for (const double squares : tally.squares) squares_ += squares;
  for (const float peak : tally.peaks) peak_ = std::max(peak_, static_cast<double>(peak));
  count_ += static_cast<double>(count);
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
