#pragma once
#include <cstdint>
#include <partwise/audio_file.hpp>
#include <string>

namespace partwise {

/// What every writer of sound checks: the sampling rate is a whole number in [1, max_rate_hz],
/// there are 1..max_channels channels, num_samples >= 0. Returns the rate. Throws Error(usage).
std::uint32_t check_encode_spec(const EncodeSpec& spec, const std::string& container,
                                Index max_channels, double max_rate_hz);

/// Keeps count of what an encoder was given against what it was promised.
class SampleBudget {
 public:
  explicit SampleBudget(const EncodeSpec& spec) : spec_(spec) {}
  /// Throws Error(internal) if the shape is not the promised one.
  void take(MatrixView<const float> samples);
  /// Throws Error(internal) unless everything promised was given.
  void check_complete() const;

 private:
  EncodeSpec spec_;
  Index taken_ = 0;
};

}  // namespace partwise
