#pragma once
#include <partwise/reducer.hpp>
#include <partwise/report.hpp>
#include <span>
#include <vector>
#include <writers/parts_window.hpp>
#include <writers/sound_segments.hpp>

namespace partwise {

/// What an attempt is made with.
struct SoundQuality {
  const SegmentCodec* codec = nullptr;
  double bits = 0;   ///< per second and track; 0: the codec has no choice
  double scale = 1;  ///< samples are divided by this power of two
};

/// The recording and its parts encoded in one way, segment by segment. Track 0 is the recording.
class SoundAttempt {
 public:
  SoundAttempt(const SoundQuality& quality, const ReportCodecs& codecs, const Signal& signal,
               Index num_parts, Index num_channels);

  [[nodiscard]] const SoundQuality& quality() const { return quality_; }
  [[nodiscard]] const SegmentPlan& plan() const { return plan_; }

  /// All segments of the recording itself.
  void encode_recording(const Signal& signal, Reducer& reducer);
  /// Segment i of every part, from plan().source_of(i) [count x num_channels].
  void encode_parts(Index i, std::span<const MatrixView<const float>> parts, Reducer& reducer);

  /// Base64 of what is encoded so far.
  [[nodiscard]] double bytes() const { return bytes_; }
  /// Base64 of one track.
  [[nodiscard]] double bytes_of(Index track) const;
  [[nodiscard]] Index num_tracks() const { return static_cast<Index>(segments_.size()); }

  /// The segments of a track, which are then gone.
  [[nodiscard]] std::vector<std::vector<std::byte>> take(Index track);

 private:
  [[nodiscard]] std::vector<std::byte> encode_one(MatrixView<const float> source, Index i) const;

  SoundQuality quality_;
  SegmentPlan plan_;
  Index num_channels_;
  std::vector<std::vector<std::vector<std::byte>>> segments_;  // of every track
  double bytes_ = 0;
};

}  // namespace partwise
