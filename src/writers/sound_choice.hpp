#pragma once
#include <cstdint>
#include <optional>
#include <partwise/signal.hpp>
#include <string>
#include <writers/segment_codecs.hpp>

namespace partwise {

/// Decides how a page's sound is encoded: what to try first, what after that was too large, and
/// what to say about it. `automatic` tries without loss, then Opus, or 16 bits where there is no
/// Opus; a lossy codec gets the bit rate that the budget allows, and less where it exceeds it.
class SoundChoice {
 public:
  struct Trial {
    const SegmentCodec* codec = nullptr;
    double bits = 0;  ///< per second and track; means nothing to codecs without a choice
  };

  /// `signal` and `codecs` must outlive this. budget_bytes of base64 for all tracks.
  SoundChoice(ReportAudioCodec wanted, const Signal& signal, Index num_tracks,
              std::uint64_t budget_bytes, const SegmentCodecs& codecs);

  /// What to try; nothing: link the files. Throws Error(usage) where the build has no such codec.
  [[nodiscard]] std::optional<Trial> first();
  /// What to try after the last trial, which takes about this many bytes of base64.
  [[nodiscard]] std::optional<Trial> after(double needed_bytes);

  /// What was given up in the last trial, in words; empty: nothing.
  [[nodiscard]] std::string note() const;

 private:
  [[nodiscard]] std::optional<Trial> start(const SegmentCodec& codec);
  [[nodiscard]] std::optional<Trial> give_up();

  ReportAudioCodec wanted_;
  const Signal& signal_;
  Index num_tracks_;
  double budget_;
  const SegmentCodecs& codecs_;
  Trial trial_;
  int tries_left_ = 0;
  bool without_loss_ = false;  // the first trial of `automatic`
  bool lowered_ = false;       // `automatic` has gone on to a codec with loss
  bool gave_up_ = false;
  double needed_ = 0;
};

}  // namespace partwise
