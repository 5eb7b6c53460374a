#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <writers/event_files.hpp>
#include <writers/midi_file.hpp>

namespace partwise {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<PartEvents> a_hit_and_a_note() {
  PartEvents drums{PartKind::drums, 0.4, 0.1, 38, {{0.25, 0.3, 1, 0.25, kNone, kNone, 38}}};
  PartEvents tones{PartKind::tones, 0.1, 0.9, 0, {{0.125, 0.5, 0, 1, 440.0, 69.0, 69}}};
  return {drums, tones};
}

std::string hex(const std::vector<std::byte>& bytes) {
  std::string out;
  for (const std::byte b : bytes) {
    out += "0123456789abcdef"[static_cast<int>(b) / 16];
    out += "0123456789abcdef"[static_cast<int>(b) % 16];
  }
  return out;
}

TEST(EventFiles, TheTableHoldsTheEventsOfAllPartsInOrderOfTime) {
  const std::vector<std::string> names = {"snare", "lead, \"high\""};
  EXPECT_EQ(events_csv(a_hit_and_a_note(), names),
            "onset,offset,part,component,kind,strength,midi,frequency_hz\n"
            "0.1250,0.5000,\"lead, \"\"high\"\"\",0,note,1.000,69.00,440.00\n"
            "0.2500,0.3000,snare,1,hit,0.250,38,\n");
}

TEST(EventFiles, WithoutEventsTheTableIsItsHeader) {
  const std::vector<std::string> names = {"a"};
  EXPECT_EQ(events_csv({PartEvents{}}, names),
            "onset,offset,part,component,kind,strength,midi,frequency_hz\n");
}

TEST(EventFiles, AQuarterOfTheAmplitudeIsHalfTheVelocity) {
  EXPECT_EQ(velocity_of(1), 127);
  EXPECT_EQ(velocity_of(0.25), 64);
  EXPECT_EQ(velocity_of(0), 1);
}

TEST(MidiFile, IsWhatTheStandardSays) {
  const MidiTrack track{"ab", 9, {{0.5, 0.75, 38, 100}}};
  EXPECT_EQ(hex(midi_file({&track, 1})),
            "4d546864"
            "00000006"
            "0001"
            "0002"
            "03c0"  // type 1, two tracks, 960
            "4d54726b"
            "0000000b"
            "00ff510307a120"
            "00ff2f00"  // 500 000 us a beat
            "4d54726b"
            "00000014"
            "00ff03026162"  // its name
            "8740"
            "992664"
            "8360"
            "892640"
            "00ff2f00");
}

TEST(MidiFile, ANoteThatEndsWhereTheNextBeginsEndsFirst) {
  const MidiTrack track{"", 0, {{0, 1, 60, 1}, {1, 2, 60, 1}}};
  EXPECT_NE(hex(midi_file({&track, 1})).find("8f00803c4000903c01"), std::string::npos);
}

TEST(MidiFile, ANoteLastsATickAtLeast) {
  const MidiTrack track{"", 0, {{0, 0, 60, 1}}};
  EXPECT_NE(hex(midi_file({&track, 1})).find("00903c0101803c40"), std::string::npos);
}

TEST(MidiFile, DaysOfRestAreReachedInSteps) {
  const MidiTrack track{"", 0, {{200'000, 200'001, 60, 1}}};  // 384e6 ticks, and 28 bits hold 268e6
  EXPECT_NE(hex(midi_file({&track, 1})).find("ffffff7fff0100"), std::string::npos);
}

TEST(EventFiles, DrumsPlayOnChannelTenAndSixteenTonesOnTheOthers) {
  std::vector<PartEvents> events(1, a_hit_and_a_note()[0]);
  events.insert(events.end(), 16, a_hit_and_a_note()[1]);
  const std::vector<std::string> names(17, "x");
  const std::string text = hex(events_midi(events, names));
  EXPECT_NE(text.find("992640"), std::string::npos);
  for (const char* on : {"90457f", "98457f", "9a457f", "9f457f"}) {
    EXPECT_NE(text.find(on), std::string::npos) << on;
  }
  EXPECT_EQ(text.find("99457f"), std::string::npos);
}

}  // namespace
}  // namespace partwise
