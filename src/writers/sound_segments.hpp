#pragma once
#include <partwise/report_audio.hpp>
#include <vector>

namespace partwise {

/// Samples [first, end) of a recording.
struct SampleSpan {
  Index first = 0;
  Index end = 0;
};

/// How a recording of some rate and length is cut into segments and encoded.
class SegmentPlan {
 public:
  /// bits: per second, of one track with all its channels (encoders without a choice ignore it).
  SegmentPlan(const SegmentCodec& codec, const ReportCodecs& codecs, const Signal& signal,
              Index num_tracks, double bits);

  [[nodiscard]] double rate_hz() const { return rate_hz_; }
  [[nodiscard]] Index num_samples() const { return num_samples_; }
  [[nodiscard]] Index num_segments() const;
  [[nodiscard]] Index segment_samples() const;
  [[nodiscard]] Index lead_samples() const;

  /// The samples of the recording that segment i is made of, those on either side included.
  [[nodiscard]] SampleSpan source_of(Index i) const;
  /// Encodes segment i from those samples [count x channels].
  [[nodiscard]] std::vector<std::byte> encode(MatrixView<const float> source, Index i) const;

 private:
  /// What segment i holds, leads included, at rate_hz().
  [[nodiscard]] SampleSpan encoded_span(Index i) const;

  const SegmentCodec& codec_;
  const ReportCodecs& codecs_;
  double from_rate_hz_, rate_hz_, bits_;
  Index num_samples_ = 0, from_samples_ = 0;
  Index seconds_ = 1;  ///< of a segment: whole, so that it is whole samples at either rate
};

/// Can the codec take this many channels at any rate it may be given?
[[nodiscard]] bool can_take(const SegmentCodec& codec, const ReportCodecs& codecs,
                            const Signal& signal);

}  // namespace partwise
