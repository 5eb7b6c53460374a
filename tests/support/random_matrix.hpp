#pragma once
#include <cmath>
#include <cstdint>
#include <partwise/matrix.hpp>
#include <random>

namespace partwise::test {

/// |N(0, 1)| entries; the same for the same seed.
template <class T>
Matrix<T> random_matrix(Index rows, Index cols, std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  Matrix<T> out(rows, cols);
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r) out(r, c) = static_cast<T>(std::abs(normal(engine)));
  }
  return out;
}

/// A spectrogram-like V: a product of sparse nonnegative factors and a little noise.
template <class T>
Matrix<T> random_data(Index bins, Index frames, Index rank, std::uint32_t seed,
                      double noise = 0.05) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> uniform;
  const auto sparse = [&](Index rows, Index cols) {
    Matrix<double> m(rows, cols);
    for (Index c = 0; c < cols; ++c) {
      for (Index r = 0; r < rows; ++r) m(r, c) = uniform(engine) < 0.6 ? uniform(engine) : 0.0;
    }
    return m;
  };
  const Matrix<double> w = sparse(bins, rank), h = sparse(rank, frames);
  Matrix<T> v(bins, frames);
  for (Index n = 0; n < frames; ++n) {
    for (Index f = 0; f < bins; ++f) {
      double sum = noise * uniform(engine);
      for (Index k = 0; k < rank; ++k) sum += w(f, k) * h(k, n);
      v(f, n) = static_cast<T>(sum);
    }
  }
  return v;
}

}  // namespace partwise::test
