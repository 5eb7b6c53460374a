#pragma once
// separate() with its blocks put together.
#include <gtest/gtest.h>

#include <algorithm>
#include <partwise/separate.hpp>
#include <vector>

namespace partwise::test {

/// Every part as a matrix [num_samples x channels]. Fails the test if blocks do not follow each
/// other or do not cover the mixture.
template <class T>
std::vector<Matrix<float>> separate_whole(const Signal& mixture, MatrixView<const float> w,
                                          MatrixView<const float> h, const StftOptions& stft,
                                          const SeparateOptions& options, int threads = 1) {
  Reducer reducer(threads);
  const RunControl control;
  std::vector<Matrix<float>> parts(part_groups(options.groups, w.cols).size(),
                                   Matrix<float>(mixture.num_samples(), mixture.num_channels()));
  Index next = 0;
  CallbackSink sink([&](const PartsBlock& block) {
    EXPECT_EQ(block.first_sample, next);
    EXPECT_GT(block.count, 0);
    ASSERT_EQ(block.parts.size(), parts.size());
    for (std::size_t k = 0; k < parts.size(); ++k) {
      ASSERT_EQ(block.parts[k].rows, block.count);
      ASSERT_EQ(block.parts[k].cols, mixture.num_channels());
      for (Index c = 0; c < mixture.num_channels(); ++c) {
        std::copy_n(block.parts[k].column(c), block.count, parts[k].column(c) + next);
      }
    }
    next += block.count;
  });
  separate<T>(mixture, {w, h, stft, options}, sink, reducer, control);
  EXPECT_EQ(next, mixture.num_samples());
  return parts;
}

inline void multiply(Matrix<float>& matrix, float factor) {
  for (Index c = 0; c < matrix.cols(); ++c) {
    for (Index r = 0; r < matrix.rows(); ++r) matrix(r, c) *= factor;
  }
}

}  // namespace partwise::test
