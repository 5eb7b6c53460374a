#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <partwise/evaluate.hpp>

namespace partwise {
namespace {

TEST(Onsets, NothingAgainstAnythingIsNought) {
  const std::vector<double> some = {1, 2};
  EXPECT_EQ(score_onsets({}, some, 0.05).f_measure(), 0);
  EXPECT_EQ(score_onsets(some, {}, 0.05).f_measure(), 0);
  EXPECT_EQ(score_onsets({}, {}, 0.05).f_measure(), 0);
}

TEST(Onsets, EachIsFoundOnce) {
  const std::vector<double> truth = {2, 1}, heard = {1.01, 1.02, 2.04};
  const EventScores scores = score_onsets(truth, heard, 0.05);
  EXPECT_EQ(scores.matched, 2);
  EXPECT_DOUBLE_EQ(scores.precision(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(scores.recall(), 1);
  EXPECT_DOUBLE_EQ(scores.f_measure(), 0.8);
}

TEST(Notes, AChainOfNotesThatAllCouldBeAnotherIsMatchedAsAWhole) {
  std::vector<NoteEvent> truth, heard;
  for (int i = 0; i < 200; ++i) {
    truth.push_back({0.04 * i, 0.04 * i + 1, 60});
    heard.push_back({0.04 * i + 0.04, 0.04 * i + 1, 60});
  }
  EXPECT_EQ(score_notes(truth, heard, {}).matched, 200);
}

TEST(Notes, OnsetPitchAndOffsetDecide) {
  const std::vector<NoteEvent> truth = {{1, 2, 60}};
  const auto found = [&](NoteEvent note, bool with_offsets) {
    NoteRules rules;
    rules.with_offsets = with_offsets;
    return score_notes(truth, {&note, 1}, rules).matched == 1;
  };
  EXPECT_TRUE(found({1.05, 3, 60.5}, false));
  EXPECT_FALSE(found({1.0502, 3, 60}, false));
  EXPECT_FALSE(found({1, 3, 60.51}, false));
  EXPECT_TRUE(found({1, 2.2, 60}, true));
  EXPECT_FALSE(found({1, 2.21, 60}, true));
}

TEST(Hits, PartsGoToTheClassTheyServeBestAndTwoHitsAtOnceAreOne) {
  const std::vector<EventTimes> classes = {{1, 2, 3, 4}, {1.5, 2.5}};
  const std::vector<EventTimes> parts = {{1.51, 2.52}, {1, 2.01}, {2.02, 3, 4.04}, {7, 8, 9}};
  const HitScores scores = score_hits(classes, parts, 0.05);
  EXPECT_EQ(scores.class_of_part, (Assignment{1, 0, 0, kNoSource}));
  EXPECT_EQ(scores.all.matched, 6);
  EXPECT_EQ(scores.all.estimated, 6);
  EXPECT_DOUBLE_EQ(scores.all.f_measure(), 1);
  EXPECT_EQ(scores.classes[1].matched, 2);
}

TEST(Bootstrap, TheSameSeedGivesTheSameBitsAndTheIntervalHoldsTheMean) {
  const std::vector<double> values = {1, 2, 3, 4, 10};
  const MeanInterval one = bootstrap_mean(values, 3), again = bootstrap_mean(values, 3);
  EXPECT_EQ(one.low, again.low);
  EXPECT_EQ(one.high, again.high);
  EXPECT_DOUBLE_EQ(one.mean, 4);
  EXPECT_LT(one.low, 4);
  EXPECT_GT(one.high, 4);
  EXPECT_TRUE(std::isnan(bootstrap_mean({}).mean));
  const std::vector<double> lone = {2.5};
  EXPECT_EQ(bootstrap_mean(lone).low, 2.5);
  EXPECT_EQ(bootstrap_mean(lone).high, 2.5);
}

TEST(Bootstrap, ManyValuesGiveTheIntervalOfTheNormalDistribution) {
  std::vector<double> values(1000);
  std::iota(values.begin(), values.end(), 0.0);  // standard deviation 288.7
  const MeanInterval interval = bootstrap_mean(values);
  const double half = 1.96 * 288.7 / std::sqrt(1000.0);
  // 10 000 resamples put the ends within some hundredths of that.
  EXPECT_NEAR(interval.low, 499.5 - half, 0.05 * half);
  EXPECT_NEAR(interval.high, 499.5 + half, 0.05 * half);
}

}  // namespace
}  // namespace partwise
