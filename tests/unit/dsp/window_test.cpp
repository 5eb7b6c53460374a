#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <partwise/stft.hpp>

namespace partwise {
namespace {

TEST(HannWindow, IsPeriodic) {
  for (const Index n : {16, 17, 2048}) {
    const std::vector<double> window = hann_window(n);
    ASSERT_EQ(static_cast<Index>(window.size()), n);
    EXPECT_EQ(window[0], 0);
    for (Index i = 0; i < n; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
      EXPECT_NEAR(window[i], 0.5 - 0.5 * std::cos(angle), 1e-15);  // angles near pi round to 4e-16
    }
  }
}

TEST(WindowSumSquare, IsThreeHalvesForAQuarterHop) {
  std::vector<double> sums(1000);
  window_sum_square({256, 64}, 100, 500, sums);
  for (const double sum : sums) EXPECT_NEAR(sum, 1.5, 1e-14);
}

TEST(WindowSumSquare, OfAStretchIsThatStretchOfTheWhole) {
  for (const StftOptions& options :
       {StftOptions{64, 16}, StftOptions{45, 44}, StftOptions{31, 7}}) {
    const Index num_samples = 700;
    const Index frames = num_frames(num_samples, options);
    std::vector<double> whole(num_samples);
    window_sum_square(options, frames, 0, whole);
    for (const Index first : {0, 1, 22, 23, 64, 333, 690}) {
      std::vector<double> part(10);
      window_sum_square(options, frames, first, part);
      for (Index i = 0; i < 10; ++i) EXPECT_EQ(part[i], whole[first + i]) << first;
    }
  }
}

TEST(WindowSumSquare, IsZeroWhereNoFrameIs) {
  std::vector<double> sums(100, 7.0);
  window_sum_square({64, 64}, 1, 32, sums);  // the only frame ends at sample 32
  for (const double sum : sums) EXPECT_EQ(sum, 0);
}

}  // namespace
}  // namespace partwise
