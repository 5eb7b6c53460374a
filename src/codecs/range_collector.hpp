#pragma once
#include <codecs/sample_collector.hpp>
#include <formats/decode_checks.hpp>
#include <partwise/audio_inspect.hpp>
#include <string>

namespace partwise {

/// What is known of a stream before it is decoded.
struct StreamFacts {
  double sample_rate_hz;
  Index num_channels;
  Index claimed;  ///< samples of one channel that the stream is said to hold, 0 if that is unknown
  Index likely;   ///< samples of one channel to make room for
};

/// Takes the samples of a stream that is decoded from its beginning, for a seek is exact in some
/// codecs only, and keeps those of a range.
class RangeCollector {
 public:
  /// Throws Error(resource_limit) if the stream claims more samples than the rules allow.
  /// `on_block`, where it is not empty, gets the samples instead of finish().
  RangeCollector(std::string name, const DecodeRange& range, const DecodeRules& rules,
                 const StreamFacts& stream, BlockCallback on_block = {});

  /// How many samples are still wanted.
  [[nodiscard]] Index wanted() const { return end_ - read_; }
  /// How many were taken, those before the range too.
  [[nodiscard]] Index read() const { return read_; }

  /// How many of them lie in the range.
  [[nodiscard]] Index kept() const { return kept_count_; }

  /// `count` samples of all channels, interleaved, at most wanted(). Throws Error(resource_limit).
  void take(const float* interleaved, Index count);

  /// What was kept. Throws Error(malformed) for a stream without a sample and for NaN or Inf,
  /// Error(usage) for a range behind the end.
  [[nodiscard]] Signal finish();

 private:
  [[nodiscard]] Index checked_room(Index claimed, Index likely) const;

  std::string name_;
  SampleRange range_;
  SoundBudget budget_;
  double sample_rate_hz_;
  double offset_s_;
  Index end_;
  Index read_ = 0;
  Index kept_count_ = 0;
  SampleCollector kept_;
  BlockCallback on_block_;
  NonFiniteCount non_finite_;
};

}  // namespace partwise
