#pragma once
#include <dsp/track_kernels.hpp>
#include <partwise/matrix.hpp>

namespace partwise {

/// Running level of a track.
class LevelMeter {
 public:
  void add(MatrixView<const float> samples);
  /// `count` samples that a kernel has measured.
  void add(const Tally& tally, Index count);
  /// What another meter has heard.
  void add(const LevelMeter& other);
  /// sqrt(mean of squares) over all samples of all channels; 0 before any.
  [[nodiscard]] double rms() const;
  [[nodiscard]] double peak() const { return peak_; }

 private:
  double squares_ = 0;
  double count_ = 0;
  double peak_ = 0;
};

/// 20 log10(amplitude / reference); NaN where either is 0, which a summary shows as null.
[[nodiscard]] double ratio_db(double amplitude, double reference);

}  // namespace partwise
