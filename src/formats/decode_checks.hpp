#pragma once
#include <cstdint>
#include <partwise/audio_file.hpp>
#include <partwise/index.hpp>
#include <span>
#include <string>

namespace partwise {

// What every reader of sound checks in the same way, whatever the container.

inline constexpr Index kMaxChannels = 64;

/// Samples decoded between two looks at the stop flag; about 1.5 s of sound at 44.1 kHz.
inline constexpr Index kBlockSamples = 65536;

/// Throws Error(malformed) unless 1..64 channels and 1 kHz..1 MHz.
void check_channels_and_rate(const std::string& name, double num_channels, double sample_rate_hz);

/// A stretch of samples. `count` may reach beyond the end.
struct SampleRange {
  Index first = 0;
  Index count = 0;
};

/// int(seconds * rate), as librosa cuts. Throws Error(usage) for negative or non-finite seconds and
/// for a duration below one sample.
[[nodiscard]] SampleRange to_sample_range(const DecodeRange& range, double sample_rate_hz);

/// Error(usage) naming offset and length.
[[noreturn]] void throw_offset_beyond_end(const std::string& name, double offset_s,
                                          double length_s);

/// "the file ends 0.52 s (22932 samples) before its header says".
[[nodiscard]] std::string truncation_warning(Index samples_lost, double sample_rate_hz);

/// Holds a decoder to its rules.
class SoundBudget {
 public:
  SoundBudget(std::string name, const DecodeRules& rules, double sample_rate_hz,
              Index num_channels);
  /// Throws Error(resource_limit) if `num_samples` of one channel are more than is allowed.
  void check(Index num_samples) const {
    if (num_samples > most_) refuse(num_samples);
  }

 private:
  [[noreturn]] void refuse(Index num_samples) const;

  std::string name_;
  DecodeRules rules_;
  double sample_rate_hz_;
  Index num_channels_;
  Index most_;  ///< samples of one channel
};

/// Where the rules are strict, the first warning is an Error(malformed).
void check_damage(const std::string& name, const DecodeRules& rules, const AudioInfo& info);

/// Counts samples that are NaN or infinite, block by block.
class NonFiniteCount {
 public:
  /// `first_sample`: position of samples[0] in the file.
  void add(std::span<const float> samples, Index first_sample);
  /// Throws Error(malformed) with the count and the time of the first, if there was one.
  void check(const std::string& name, double sample_rate_hz) const;

 private:
  Index count_ = 0;
  Index first_ = 0;
};

}  // namespace partwise
