#pragma once
#include <ebur128.h>

#include <memory>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise {

/// Integrated loudness by ITU-R BS.1770-4 with the gates of EBU R 128, through libebur128. The
/// first channels are left, right, centre, low frequencies, left and right surround; others do not
/// count.
class LoudnessMeter {
 public:
  LoudnessMeter(Index num_channels, double sample_rate_hz);

  void add(MatrixView<const float> samples);
  /// NaN where there is none, see AudioMeasures::loudness_lufs.
  [[nodiscard]] double lufs() const;

 private:
  struct Close {
    void operator()(ebur128_state* state) const;
  };
  std::unique_ptr<ebur128_state, Close> state_;  ///< null: sampled too slowly
  std::vector<float> interleaved_;
};

}  // namespace partwise
