// Hops above a third of n_fft, where windows hardly overlap: nothing may roar.
#include <gtest/gtest.h>

#include <cmath>
#include <partwise/separate.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

TEST(LongHops, NoPartIsMuchLouderThanTheMixture) {
  constexpr Index kSize = 1024;
  for (const Index hop : {kSize / 2, 3 * kSize / 4, kSize - 1, kSize}) {
    Signal mixture{Matrix<float>(9000, 1), 8000};
    const auto noise = test::random_matrix<float>(9000, 1, 3);
    for (Index i = 0; i < 9000; ++i)
      mixture.samples(i, 0) = 0.1f * noise(i, 0) * (i % 2 == 0 ? 1.0f : -1.0f);
    const StftOptions stft{kSize, hop};
    const auto w = test::random_matrix<float>(num_bins(stft), 3, 1);
    const auto h = test::random_matrix<float>(3, num_frames(9000, stft), 2);
    Reducer reducer;
    const RunControl control;
    float loudest = 0;
    CallbackSink sink([&](const PartsBlock& block) {
      for (const auto& part : block.parts) {
        for (Index i = 0; i < block.count; ++i) loudest = std::max(loudest, std::abs(part(i, 0)));
      }
    });
    separate<float>(mixture, {w, h, stft, {}}, sink, reducer, control);
    // The mixture's peak is near 0.4; a window's rim of a tenth lets errors grow tenfold at most.
    EXPECT_LT(loudest, 4) << "hop " << hop;
  }
}

}  // namespace
}  // namespace partwise
