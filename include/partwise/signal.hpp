#pragma once
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/range.hpp>

namespace partwise {

/// What a sample rate may be.
inline constexpr Range<double> kSampleRateRange{1e3, 1e6};

/// Sound: samples [num_samples x num_channels], full scale is [-1, 1]; a channel is contiguous.
struct Signal {
  Matrix<float> samples;
  double sample_rate_hz = 0;  ///< samples a second of one channel, kSampleRateRange

  [[nodiscard]] Index num_samples() const { return samples.rows(); }
  [[nodiscard]] Index num_channels() const { return samples.cols(); }
  [[nodiscard]] double seconds() const {
    return sample_rate_hz > 0 ? static_cast<double>(num_samples()) / sample_rate_hz : 0;
  }
};

}  // namespace partwise
