#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/describe.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

TEST(NoteName, IsTheNearestNoteAtA440) {
  EXPECT_EQ(note_name(440), "A4");
  EXPECT_EQ(note_name(261.63), "C4");
  EXPECT_EQ(note_name(277.18), "C#4");
  EXPECT_EQ(note_name(110 * std::exp2(0.49 / 12)), "A2");
  EXPECT_EQ(note_name(110 * std::exp2(0.51 / 12)), "A#2");
  EXPECT_EQ(note_name(32.703), "C1");
  EXPECT_EQ(note_name(30.868), "B0");
}

TEST(NoteName, IsEmptyOutsideOfHearing) {
  EXPECT_EQ(note_name(8), "C-1");
  EXPECT_EQ(note_name(20e3), "D#10");
  EXPECT_EQ(note_name(7.99), "");
  EXPECT_EQ(note_name(20001), "");
  EXPECT_EQ(note_name(0), "");
  EXPECT_EQ(note_name(-440), "");
  EXPECT_EQ(note_name(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(FirstOnsetFrame, IsWhereAQuarterOfTheMaximumIsReached) {
  Matrix<float> h(2, 5);
  h(0, 1) = 0.9F;
  h(0, 2) = 1;
  h(0, 4) = 4;
  EXPECT_EQ(first_onset_frame(h, 0), 2);
  EXPECT_EQ(first_onset_frame(h, 1), -1);
  EXPECT_EQ(first_onset_frame(Matrix<float>(1, 0), 0), -1);
}

/// Three components: energy (3 * 2)^2 = 36, silent, (1 * 8)^2 = 64.
struct Three {
  Matrix<float> w{Matrix<float>(6, 3)};
  Matrix<float> h{Matrix<float>(3, 4)};
  Three() {
    w(4, 0) = 3;
    h(0, 1) = 2;
    w(3, 1) = 1;  // its activation is silent
    w(2, 2) = 1;
    h(2, 3) = 8;
  }
};

TEST(DescribeComponents, GivesPeakNoteShareAndOnset) {
  const Three model;
  const auto descriptions = describe_components(model.w, model.h, 110, 0.25);
  ASSERT_EQ(descriptions.size(), 3U);
  EXPECT_EQ(descriptions[0].peak_bin, 4);
  EXPECT_EQ(descriptions[0].peak_hz, 440);
  EXPECT_EQ(descriptions[0].note, "A4");
  EXPECT_DOUBLE_EQ(descriptions[0].energy_share, 0.36);
  EXPECT_EQ(descriptions[0].first_onset_s, 0.25);
  EXPECT_EQ(descriptions[2].note, "A3");
  EXPECT_DOUBLE_EQ(descriptions[2].energy_share, 0.64);
  EXPECT_EQ(descriptions[2].first_onset_s, 0.75);
}

TEST(DescribeComponents, LeavesASilentComponentUndefined) {
  const Three model;
  const ComponentDescription silent = describe_components(model.w, model.h, 110, 0.25)[1];
  EXPECT_TRUE(std::isnan(silent.peak_hz));
  EXPECT_TRUE(std::isnan(silent.first_onset_s));
  EXPECT_EQ(silent.note, "");
  EXPECT_EQ(silent.energy_share, 0);
}

TEST(DescribeComponents, GivesFiniteSharesForSilenceAndForTheSmallestAndLargestFactors) {
  for (const auto& d : describe_components(Matrix<float>(6, 3), Matrix<float>(3, 4), 110, 0.25)) {
    EXPECT_EQ(d.energy_share, 0);
  }
  for (const float scale : {1e-30F, 1e30F}) {
    Three model;
    for (Index k = 0; k < 3; ++k) {
      for (Index f = 0; f < 6; ++f) model.w(f, k) *= scale;
      for (Index t = 0; t < 4; ++t) model.h(k, t) *= scale;
    }
    EXPECT_NEAR(describe_components(model.w, model.h, 110, 0.25)[2].energy_share, 0.64, 1e-6);
  }
}

/// Number 0 and 4 are silent.
std::vector<ComponentDescription> five() {
  const double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<ComponentDescription> all(5);
  all[0] = {none, 0, "", 0, none};
  all[1] = {500, 5, "", 0.2, 2};
  all[2] = {500, 5, "", 0.7, 1};
  all[3] = {100, 1, "", 0.1, 3};
  all[4] = all[0];
  return all;
}

TEST(ComponentOrder, SortsByWhatIsAskedAndKeepsTheOrderOfEquals) {
  using Order = std::vector<Index>;
  EXPECT_EQ(component_order(five(), SortOrder::peak), (Order{0, 4, 3, 1, 2}));
  EXPECT_EQ(component_order(five(), SortOrder::energy), (Order{2, 1, 3, 0, 4}));
  EXPECT_EQ(component_order(five(), SortOrder::onset), (Order{2, 1, 3, 0, 4}));
  EXPECT_EQ(component_order(five(), SortOrder::none), (Order{0, 1, 2, 3, 4}));
}

TEST(ComponentOrder, KeepsTheOrderOfManyEquals) {
  std::vector<ComponentDescription> many(100);
  for (std::size_t k = 0; k < many.size(); ++k) many[k].peak_bin = k % 2 == 0 ? 7 : 3;
  const std::vector<Index> order = component_order(many, SortOrder::peak);
  for (Index i = 0; i < 50; ++i) {
    EXPECT_EQ(order[i], 2 * i + 1);
    EXPECT_EQ(order[50 + i], 2 * i);
  }
}

TEST(SimilarComponents, AreThoseWithSimilarTemplatesAndActivations) {
  Matrix<float> w = test::nonnegative_matrix(50, 4, 1);
  Matrix<float> h = test::nonnegative_matrix(4, 60, 2);
  const auto copy_template = [&](Index from, Index to) {
    for (Index f = 0; f < 50; ++f) w(f, to) = 3 * w(f, from);
  };
  copy_template(0, 2);  // alike in sound and time, but for the level
  for (Index t = 0; t < 60; ++t) h(2, t) = h(0, t) / 2;
  copy_template(1, 3);  // alike in sound alone
  const auto pairs = similar_components(w, h);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].first, 0);
  EXPECT_EQ(pairs[0].second, 2);
}

TEST(SimilarComponents, AreNoneAmongSilentOnes) {
  EXPECT_TRUE(similar_components(Matrix<float>(5, 3), Matrix<float>(3, 4)).empty());
}

}  // namespace
}  // namespace partwise
