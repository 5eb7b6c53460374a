#include <gtest/gtest.h>

#include <writers/one_shots.hpp>

namespace partwise {
namespace {

constexpr double kRateHz = 1000;

Event hit(double onset_s, double offset_s, double strength) {
  Event event;
  event.onset_s = onset_s;
  event.offset_s = offset_s;
  event.strength = strength;
  return event;
}

PartEvents drum(std::vector<Event> hits) {
  PartEvents part;
  part.kind = PartKind::drums;
  part.events = std::move(hits);
  return part;
}

TEST(OneShots, AHitAloneIsTakenBeforeAStrongerOneThatIsCovered) {
  const std::vector<PartEvents> events = {
      drum({hit(1, 1.1, 1), hit(2, 2.1, 0.8), hit(3, 3.1, 0.5)}), drum({hit(1.01, 1.1, 1)})};
  const auto shots = choose_one_shots(events, 5000, kRateHz);
  ASSERT_EQ(shots.size(), 2U);
  EXPECT_EQ(shots[0].part, 0);
  EXPECT_EQ(shots[0].first_sample, 1998);
  EXPECT_EQ(shots[0].num_samples, 202);  // from 2 ms before to twice the fall by 20 dB
  EXPECT_EQ(shots[1].part, 1);
}

TEST(OneShots, AShotEndsBeforeTheNextHitAndWithTheRecording) {
  const auto shots = choose_one_shots({drum({hit(1, 1.5, 1), hit(1.5, 1.6, 0.2)})}, 5000, kRateHz);
  EXPECT_EQ(shots.at(0).first_sample + shots.at(0).num_samples, 1498);
  const auto last = choose_one_shots({drum({hit(4.9, 5, 1)})}, 5000, kRateHz);
  EXPECT_EQ(last.at(0).first_sample + last.at(0).num_samples, 5000);
}

TEST(OneShots, TonesAndPartsWithoutHitsHaveNone) {
  PartEvents tones = drum({hit(1, 2, 1)});
  tones.kind = PartKind::tones;
  EXPECT_TRUE(choose_one_shots({tones, drum({}), PartEvents{}}, 5000, kRateHz).empty());
}

}  // namespace
}  // namespace partwise
