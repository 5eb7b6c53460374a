#pragma once
#include <partwise/report_audio.hpp>
#include <partwise/run_options.hpp>
#include <string_view>

namespace partwise {

/// The codecs that a page's sound may be encoded with: those of the build and our own, WAV, which
/// every browser reads.
class SegmentCodecs {
 public:
  /// `codecs` must outlive this.
  explicit SegmentCodecs(const ReportCodecs& codecs);

  /// "wav" are floats. nullptr where the build has none of that name.
  [[nodiscard]] const SegmentCodec* find(std::string_view name) const;
  /// Throws Error(usage) where the build has none of that name.
  [[nodiscard]] const SegmentCodec& named(ReportAudioCodec wanted) const;
  /// WAV on the grid of 16 bits.
  [[nodiscard]] const SegmentCodec& wav16() const { return wav16_; }
  /// FLAC, else WAV of floats.
  [[nodiscard]] const SegmentCodec& lossless() const;

 private:
  const ReportCodecs& codecs_;
  SegmentCodec wav_, wav16_;
};

}  // namespace partwise
