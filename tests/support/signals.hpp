#pragma once
// Signals and factors made up for tests; the same seed gives the same values everywhere.
#include <cstdint>
#include <partwise/matrix.hpp>
#include <partwise/signal.hpp>
#include <random>
#include <span>
#include <support/compare.hpp>
#include <vector>

namespace partwise::test {

/// Uniform in [low, high), from the generator's bits alone: std distributions differ by library.
inline float uniform(std::mt19937& generator, float low, float high) {
  constexpr float kTwoTo24 = 16777216.0F;
  return low + (high - low) * static_cast<float>(generator() >> 8) / kTwoTo24;
}

/// White noise in [-0.5, 0.5).
inline std::vector<float> noise(Index num_samples, std::uint32_t seed) {
  std::mt19937 generator(seed);
  std::vector<float> values(static_cast<std::size_t>(num_samples));
  for (float& value : values) value = uniform(generator, -0.5F, 0.5F);
  return values;
}

inline Signal noise_signal(Index num_samples, Index num_channels, std::uint32_t seed) {
  Signal signal{Matrix<float>(num_samples, num_channels), 22050};
  for (Index c = 0; c < num_channels; ++c) {
    const std::vector<float> values = noise(num_samples, seed + static_cast<std::uint32_t>(c));
    std::copy(values.begin(), values.end(), signal.samples.column(c));
  }
  return signal;
}

/// Uniform in [0, 1).
inline Matrix<float> nonnegative_matrix(Index rows, Index cols, std::uint32_t seed) {
  std::mt19937 generator(seed);
  Matrix<float> matrix(rows, cols);
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r) matrix(r, c) = uniform(generator, 0, 1);
  }
  return matrix;
}

/// peak_difference_db() of whatever reads as samples.
inline double difference_db(std::span<const float> a, std::span<const float> b) {
  return peak_difference_db(a, b);
}

}  // namespace partwise::test
