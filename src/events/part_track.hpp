#pragma once
// The level of one part over time, taken while its samples come in.
#include <array>
#include <dsp/lane_transform.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise {

/// Bands of the short-time level: fine enough to keep a hat from a snare, few enough to be cheap.
inline constexpr Index kEventBands = 24;
/// Frames over which a rise is taken: 35 ms, longer than a window's own rise.
inline constexpr Index kRiseFrames = 3;
/// Frames in a window: it moves by a quarter of its length.
inline constexpr Index kHopsInWindow = 4;

/// How parts of a recording are listened to.
class TrackPlan {
 public:
  TrackPlan(Index num_samples, double sample_rate_hz);

  [[nodiscard]] const LaneTransform<float>& transform() const { return transform_; }
  [[nodiscard]] Index window() const { return transform_.options().n_fft; }
  [[nodiscard]] Index hop() const { return transform_.options().hop_length; }
  /// Samples in a cell of the envelope, 1.5 ms.
  [[nodiscard]] Index cell() const { return cell_; }
  [[nodiscard]] Index num_frames() const { return num_frames_; }
  [[nodiscard]] double frame_seconds() const { return static_cast<double>(hop()) / rate_hz_; }
  [[nodiscard]] double cell_seconds() const { return static_cast<double>(cell_) / rate_hz_; }
  /// Bins [begin(b), begin(b + 1)) are band b.
  [[nodiscard]] Index begin(Index band) const { return begin_[static_cast<std::size_t>(band)]; }

 private:
  double rate_hz_;
  LaneTransform<float> transform_;
  Index cell_;
  Index num_frames_;
  std::vector<Index> begin_;
};

/// What a part's frames are transformed in.
struct TrackScratch {
  explicit TrackScratch(const TrackPlan& plan)
      : samples(plan.transform().num_values(), 1), spectra(plan.transform().num_values(), 1) {}
  Matrix<float> samples;
  Matrix<float> spectra;
};

/// Frame t is centred on sample t * hop; cell i of the envelope begins at sample
/// i * cell - window / 2.
class PartTrack {
 public:
  PartTrack(const TrackPlan& plan, Index num_channels);

  void add(MatrixView<const float> samples, TrackScratch& scratch);
  /// The frames that reach beyond the end.
  void finish(TrackScratch& scratch);

  /// Of a frame: what the bands have gained, what they have, and the amplitude of all of them.
  [[nodiscard]] const std::vector<float>& rises() const { return rises_; }
  [[nodiscard]] const std::vector<float>& levels() const { return levels_; }
  [[nodiscard]] const std::vector<float>& amplitudes() const { return amplitudes_; }
  /// RMS of the samples' differences, which leaves out rumble, cell by cell.
  [[nodiscard]] const std::vector<float>& envelope() const { return envelope_; }

 private:
  static constexpr Index kLanes = LaneTransform<float>::kLanes;

  void make_frames(TrackScratch& scratch);
  /// Of kLanes * hop samples from waiting sample `taken` on.
  void measure_cells(Index taken);
  void add_frames(const std::array<double, kEventBands * kLanes>& energies);

  const TrackPlan& plan_;
  std::vector<std::vector<float>> waiting_;  // by channel, from the next frame's first sample on
  std::vector<float> before_;                // by channel, the sample before those
  std::vector<float> history_;               // [kRiseFrames x kEventBands], the last frames' bands
  std::vector<float> rises_, levels_, amplitudes_, envelope_;
};

}  // namespace partwise
