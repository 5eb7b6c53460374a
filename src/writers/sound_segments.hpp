#pragma once
#include <cstdint>
#include <partwise/reducer.hpp>
#include <partwise/report.hpp>
#include <partwise/report_audio.hpp>
#include <vector>

namespace partwise {

/// How a recording of some rate and length is cut and encoded.
class SegmentPlan {
 public:
  /// bits: a second, of one track with all its channels (encoders without a choice ignore it).
  SegmentPlan(const SegmentCodec& codec, const ReportCodecs& codecs, const Signal& signal,
              Index num_tracks, double bits);

  [[nodiscard]] double rate_hz() const { return rate_hz_; }
  [[nodiscard]] Index num_samples() const { return num_samples_; }
  [[nodiscard]] Index segment_samples() const;
  [[nodiscard]] Index lead_samples() const;

  /// Encodes all stretches of a track [samples x channels] at the recording's rate.
  [[nodiscard]] std::vector<std::vector<std::byte>> encode(MatrixView<const float> samples,
                                                           Reducer& reducer) const;

 private:
  [[nodiscard]] Index num_segments() const;
  [[nodiscard]] std::vector<std::byte> encode_segment(MatrixView<const float> samples,
                                                      Index i) const;

  const SegmentCodec& codec_;
  const ReportCodecs& codecs_;
  double from_rate_hz_, rate_hz_, bits_;
  Index num_samples_ = 0, from_samples_ = 0;
  Index seconds_ = 1;  ///< of a stretch: whole, so that it is whole samples at either rate
};

/// Can the codec take this many channels at any rate it may be given?
[[nodiscard]] bool can_take(const SegmentCodec& codec, const ReportCodecs& codecs,
                            const Signal& signal);

/// The lowest and highest sample of equal shares, as codes of `peak` (ReportTrack::outline).
[[nodiscard]] std::vector<std::int8_t> outline_of(MatrixView<const float> samples, double peak);

}  // namespace partwise
