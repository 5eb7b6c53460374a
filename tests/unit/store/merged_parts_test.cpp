#include <gtest/gtest.h>

#include <store/merged_parts.hpp>

namespace partwise {
namespace {

/// Three components of four bins and three frames, each a bin and a frame of its own.
Analysis three_components(const PartGroups& groups) {
  Analysis analysis;
  analysis.options.stft = {6, 3};
  analysis.options.separate.groups = groups;
  analysis.sample_rate_hz = 6000;
  analysis.w = Matrix<float>(4, 3);
  analysis.h = Matrix<float>(3, 3);
  for (Index k = 0; k < 3; ++k) {
    analysis.w(k + 1, k) = 1;
    analysis.h(k, k) = static_cast<float>(k + 1);
  }
  analysis.components =
      describe_components(analysis.w, analysis.h, analysis.bin_hz(), analysis.frame_seconds());
  return analysis;
}

TEST(MergedParts, OfOneComponentEachAreTheComponents) {
  const Analysis analysis = three_components({});
  const MergedParts merged = merge_parts(analysis);
  ASSERT_EQ(merged.groups.size(), 3U);
  for (Index k = 0; k < 3; ++k) {
    EXPECT_EQ(merged.w(k + 1, k), 1);
    EXPECT_EQ(merged.h(k, k), static_cast<float>(k + 1));
    EXPECT_EQ(merged.descriptions[k].peak_hz, analysis.components[k].peak_hz);
    EXPECT_EQ(merged.descriptions[k].energy_share, analysis.components[k].energy_share);
  }
}

TEST(MergedParts, OfSeveralHaveTheSpectrumAndTheGainsOfTheirSum) {
  const Analysis analysis = three_components({{2, 0}});
  const MergedParts merged = merge_parts(analysis);
  ASSERT_EQ(merged.groups, (PartGroups{{0, 2}, {1}}));
  EXPECT_FLOAT_EQ(merged.w(1, 0), 0.25F);  // 1 of 1 + 3
  EXPECT_FLOAT_EQ(merged.w(3, 0), 0.75F);
  EXPECT_EQ(merged.w(2, 0), 0);
  EXPECT_EQ(merged.h(0, 0), 1);
  EXPECT_EQ(merged.h(0, 2), 3);
  EXPECT_EQ(merged.descriptions[0].peak_hz, 3000);
  EXPECT_EQ(merged.descriptions[0].energy_share,
            analysis.components[0].energy_share + analysis.components[2].energy_share);
  EXPECT_EQ(merged.descriptions[1].peak_hz, 2000);
}

TEST(MergedParts, OfSilentComponentsAreSilent) {
  Analysis analysis = three_components({{0, 1}});
  analysis.h.set_zero();
  analysis.components = describe_components(analysis.w, analysis.h, 1000, 1);
  const MergedParts merged = merge_parts(analysis);
  for (Index f = 0; f < 4; ++f) EXPECT_EQ(merged.w(f, 0), 0);
  EXPECT_EQ(merged.descriptions[0].energy_share, 0);
}

}  // namespace
}  // namespace partwise
