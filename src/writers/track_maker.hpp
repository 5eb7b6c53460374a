#pragma once
#include <partwise/reducer.hpp>
#include <partwise/separate.hpp>
#include <span>
#include <vector>
#include <writers/level.hpp>
#include <writers/run_tracks.hpp>
#include <writers/sample_grid.hpp>

namespace partwise {

/// What was measured on a track.
struct TrackFacts {
  LevelMeter level;   ///< of parts and residual; the others are not measured
  Index clipped = 0;  ///< samples that did not fit into an integer format
};

/// Makes every track of a run from blocks of its parts: parts on the grid of the format, mix,
/// residual, and input. The residual is the signal minus the sum of the parts as written, in
/// double, so that they add up exactly.
class TrackMaker {
 public:
  TrackMaker(const std::vector<RunTrack>& tracks, SampleFormat format, Reducer& reducer);

  /// The stretch [count x channels] of every track, in their order; valid until the next call, and
  /// while the block is.
  [[nodiscard]] std::span<const MatrixView<const float>> make(const PartsBlock& block);

  [[nodiscard]] const std::vector<TrackFacts>& facts() const { return facts_; }
  /// RMS of the signal itself.
  [[nodiscard]] double signal_rms() const { return signal_level_.rms(); }

 private:
  struct SliceFacts;

  void place_samples(const PartsBlock& block);
  /// Rows [first, first + count) of a block: rounds, sums and measures them.
  void make_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts);
  void round_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts);
  void sum_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts);

  std::vector<TrackKind> kinds_;
  SampleGrid grid_;
  Reducer& reducer_;
  Index num_parts_ = 0;
  std::vector<Matrix<float>> made_;  // the stretch, where it lies nowhere else
  std::vector<MatrixView<const float>> samples_;
  std::vector<TrackFacts> facts_;
  LevelMeter signal_level_;
};

}  // namespace partwise
