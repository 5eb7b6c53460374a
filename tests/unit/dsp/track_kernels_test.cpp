#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <dsp/track_kernels.hpp>
#include <numeric>
#include <support/signals.hpp>
#include <vector>

namespace partwise {
namespace {

double total(const Tally& tally) {
  return std::accumulate(std::begin(tally.squares), std::end(tally.squares), 0.0);
}

TEST(TrackKernels, MeasureAndAddByTheDefinition) {
  for (const auto* kernels : {&kGenericTracks, &track_kernels()}) {
    for (const Index count : {0, 1, 3, 7, 8, 9, 64, 1003}) {
      std::vector<float> samples = test::noise(count + 1, 1);
      samples[0] = 1e30F;  // its square leaves float
      const std::vector<float> whole = test::noise(count, 2);
      std::vector<double> sums(static_cast<std::size_t>(count), 0.25);
      std::vector<float> mix(sums.size()), rest(sums.size());
      Tally tally, alone;
      // From an odd address on.
      kernels->measure_and_add(samples.data() + 1, count, tally, sums.data());
      kernels->measure(samples.data() + 1, count, alone);
      kernels->split(whole.data(), sums.data(), count, mix.data(), rest.data());
      double squares = 0;
      float peak = 0;
      for (Index i = 0; i < count; ++i) {
        const float x = samples[i + 1];
        squares += static_cast<double>(x) * static_cast<double>(x);
        peak = std::max(peak, std::abs(x));
        ASSERT_EQ(sums[i], 0.25 + static_cast<double>(x));
        ASSERT_EQ(mix[i], static_cast<float>(sums[i]));
        ASSERT_EQ(rest[i], static_cast<float>(static_cast<double>(whole[i]) - sums[i]));
      }
      EXPECT_NEAR(total(tally), squares, 1e-12 * squares);  // another order of 1000 additions
      EXPECT_EQ(*std::max_element(std::begin(tally.peaks), std::end(tally.peaks)), peak);
      EXPECT_EQ(std::memcmp(&tally, &alone, sizeof tally), 0);
      Tally loud;
      kernels->measure(samples.data(), count, loud);
      if (count > 0) {
        EXPECT_GT(total(loud), 0.9e60);
      }
    }
  }
}

TEST(TrackKernels, OfAllSetsGiveTheSameBits) {
  const std::vector<float> samples = test::noise(1003, 3);
  Tally a, b;
  track_kernels().measure(samples.data(), 1003, a);
  kGenericTracks.measure(samples.data(), 1003, b);
  EXPECT_EQ(std::memcmp(&a, &b, sizeof a), 0);
}

}  // namespace
}  // namespace partwise
