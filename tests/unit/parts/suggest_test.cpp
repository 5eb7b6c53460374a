#include <gtest/gtest.h>

#include <cmath>
#include <partwise/parts.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

using test::throws_error;

constexpr double kBinHz = 21.5, kFrame_s = 0.0232;

/// Three sounds in bins far apart that never sound together.
Matrix<float> three_sounds(Index frames) {
  Matrix<float> v(513, frames);
  const Index at[] = {10, 100, 350};
  for (Index t = 0; t < frames; ++t) {
    const Index sound = t / 15 % 3;
    for (Index f = 0; f < 8; ++f) {
      v(at[sound] + f, t) = std::exp(-0.3F * static_cast<float>(t % 15));
    }
  }
  return v;
}

TEST(SuggestParts, ThreeSoundsThatTakeTurnsAreThree) {
  Reducer reducer;
  const RunControl control;
  const PartSuggestion suggestion =
      suggest_parts(three_sounds(90), kBinHz, kFrame_s, reducer, control);
  EXPECT_EQ(suggestion.num_parts, 3);
  ASSERT_EQ(static_cast<Index>(suggestion.curve.size()), kMostSuggestedParts);
  EXPECT_EQ(suggestion.curve.front(), 1);
}

TEST(SuggestParts, ThreadsDoNotChangeABit) {
  Reducer one, three(3);
  const RunControl control;
  const auto v = three_sounds(45);
  EXPECT_EQ(suggest_parts(v, kBinHz, kFrame_s, one, control).curve,
            suggest_parts(v, kBinHz, kFrame_s, three, control).curve);
}

TEST(SuggestParts, SilenceAndOneFrameAreOnePart) {
  Reducer reducer;
  const RunControl control;
  const PartSuggestion silence =
      suggest_parts(Matrix<float>(513, 40), kBinHz, kFrame_s, reducer, control);
  EXPECT_EQ(silence.num_parts, 1);
  for (const double d : silence.curve) EXPECT_EQ(d, 1);
  EXPECT_GE(suggest_parts(three_sounds(1), kBinHz, kFrame_s, reducer, control).num_parts, 1);
}

TEST(SuggestParts, ItCanBeStopped) {
  Reducer reducer;
  RunControl control;
  control.stop = true;
  EXPECT_TRUE(throws_error(
      [&] { (void)suggest_parts(three_sounds(100), kBinHz, kFrame_s, reducer, control); },
      ErrorCode::stopped, "stopped"));
}

}  // namespace
}  // namespace partwise
