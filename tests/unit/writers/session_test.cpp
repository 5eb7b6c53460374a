// Sessions of a DAW: their tracks, their checks, their text.
#include <gtest/gtest.h>

#include <formats/memory_sink.hpp>
#include <limits>
#include <partwise/npz.hpp>
#include <string>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>
#include <vector>
#include <writers/dawproject.hpp>
#include <writers/reaper_project.hpp>
#include <writers/session.hpp>

namespace partwise {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Index kSamples = 44100;

PartEvents drum_hits(std::vector<double> onsets, int key) {
  PartEvents out{PartKind::drums, 0.4, 0.1, key, {}};
  for (const double onset : onsets)
    out.events.push_back({onset, onset + 0.1, 0, 1, kNone, kNone, key});
  return out;
}

PartEvents one_note() { return {PartKind::tones, 0.1, 0.9, 0, {{0, 0.5, 0, 1, 440.0, 69.0, 69}}}; }

SessionTrack track_named(const std::string& name) {
  return {name, "part-00.wav", 0x4080c0, 1, kSamples, 44100};
}

Session a_session() {
  Session session;
  session.start_s = 1.5;
  session.tracks = {track_named("kick"), track_named("residual")};
  session.notes = {{"Hits", 9, {{0.25, 0.5, 36, 127}}}};
  return session;
}

TEST(SessionNotes, AllDrumsShareOneTrackInOrderOfTimeAndTonesHaveTheirOwn) {
  const std::vector<PartEvents> events = {drum_hits({0.5, 1}, 36), one_note(),
                                          drum_hits({0.75}, 38), PartEvents{}};
  const std::vector<std::string> names = {"kick", "bass", "snare", "nothing"};
  const auto tracks = session_notes(events, names);
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_EQ(tracks[0].name, "Hits");
  EXPECT_EQ(tracks[0].channel, 9);
  ASSERT_EQ(tracks[0].notes.size(), 3U);
  EXPECT_EQ(tracks[0].notes[0].key, 36);
  EXPECT_EQ(tracks[0].notes[1].key, 38);
  EXPECT_EQ(tracks[0].notes[2].onset_s, 1);
  EXPECT_EQ(tracks[1].name, "bass notes");
  EXPECT_EQ(tracks[1].notes[0].key, 69);
}

TEST(SessionNotes, WithoutEventsThereIsNoTrack) {
  const std::vector<std::string> names = {"a"};
  EXPECT_TRUE(session_notes({}, {}).empty());
  EXPECT_TRUE(session_notes(std::vector<PartEvents>(1), names).empty());
}

TEST(CheckSession, RefusesMoreThan256Parts) {
  Session session;
  session.tracks.assign(257, track_named("a"));
  check_session(session);
  session.tracks.push_back(track_named("a"));
  EXPECT_TRUE(test::throws_error([&] { check_session(session); }, ErrorCode::usage,
                                 "session = 257 parts, expected at most 256"));
}

TEST(CheckSession, RefusesPartsOfUnequalRate) {
  Session session = a_session();
  session.tracks[1].sample_rate_hz = 48000;
  EXPECT_TRUE(test::throws_error(
      [&] { check_session(session); }, ErrorCode::usage,
      "session = 'residual' with 48000 Hz, expected the same rate for all parts (44100 Hz)"));
}

TEST(CheckSession, RefusesNamesThatXmlCannotHold) {
  for (const char* name : {"a\x01", "\xEF\xBF\xBF", "\xff", "a\x1b[31m"}) {
    Session session = a_session();
    session.tracks[0].name = name;
    EXPECT_TRUE(test::throws_error([&] { check_session(session); }, ErrorCode::usage,
                                   "expected characters that a session file can hold"));
  }
  Session session = a_session();
  session.tracks[0].name = "<Kick> & \"Snare\" 'ß' 鼓";
  check_session(session);
}

TEST(RppString, IsQuotedByWhatItDoesNotHold) {
  EXPECT_EQ(rpp_string("kick"), "\"kick\"");
  EXPECT_EQ(rpp_string(""), "\"\"");
  EXPECT_EQ(rpp_string("a \"b\""), "'a \"b\"'");
  EXPECT_EQ(rpp_string("it's \"b\""), "`it's \"b\"`");
  EXPECT_EQ(rpp_string("`it's \"b\""), "`'it's \"b\"`");
}

TEST(ReaperProject, HasATrackPerFileAndItsHitsAsMidi) {
  EXPECT_EQ(reaper_project(a_session()).substr(reaper_project(a_session()).find('\n') + 1),
            "  SAMPLERATE 44100 1 0\n"
            "  TEMPO 120.000000000 4 4\n"
            "  <TRACK\n"
            "    NAME \"kick\"\n"
            "    PEAKCOL 29392960\n"  // 0x1c08040
            "    BEAT 0\n"
            "    NCHAN 2\n"
            "    <ITEM\n"
            "      POSITION 1.500000000\n"
            "      LENGTH 1.000000000\n"
            "      LOOP 0\n"
            "      NAME \"kick\"\n"
            "      <SOURCE WAVE\n"
            "        FILE \"part-00.wav\"\n"
            "      >\n"
            "    >\n"
            "  >\n"
            "  <TRACK\n"
            "    NAME \"residual\"\n"
            "    PEAKCOL 29392960\n"
            "    BEAT 0\n"
            "    NCHAN 2\n"
            "    <ITEM\n"
            "      POSITION 1.500000000\n"
            "      LENGTH 1.000000000\n"
            "      LOOP 0\n"
            "      NAME \"residual\"\n"
            "      <SOURCE WAVE\n"
            "        FILE \"part-00.wav\"\n"
            "      >\n"
            "    >\n"
            "  >\n"
            "  <TRACK\n"
            "    NAME \"Hits\"\n"
            "    BEAT 0\n"
            "    NCHAN 2\n"
            "    <ITEM\n"
            "      POSITION 1.500000000\n"
            "      LENGTH 1.000000000\n"
            "      LOOP 0\n"
            "      NAME \"Hits\"\n"
            "      <SOURCE MIDI\n"
            "        HASDATA 1 960 QN\n"
            "        E 480 99 24 7f\n"
            "        E 480 89 24 40\n"
            "        E 960 b9 7b 00\n"
            "      >\n"
            "    >\n"
            "  >\n"
            ">\n");
}

TEST(ReaperProject, NamesTheKindOfItsSource) {
  Session session = a_session();
  session.tracks[0].file_name = "part-00.flac";
  EXPECT_NE(reaper_project(session).find("<SOURCE FLAC\n"), std::string::npos);
}

TEST(DawprojectXml, EscapesNamesAndPlacesClipsInBeats) {
  Session session = a_session();
  session.tracks[0].name = "<Kick> & \"co\"";
  const std::string xml = dawproject_xml(session);
  EXPECT_NE(xml.find("name=\"&lt;Kick&gt; &amp; &quot;co&quot;\" color=\"#4080c0\""),
            std::string::npos);
  EXPECT_NE(xml.find("<Clip time=\"3.000000000\" duration=\"2.000000000\""), std::string::npos);
  EXPECT_NE(xml.find("<Note time=\"0.500000000\" duration=\"0.500000000\" channel=\"9\" key=\"36\" "
                     "vel=\"1.000000000\"/>"),
            std::string::npos);
}

TEST(DawprojectMetadata, HoldsTheTagsThatAreThere) {
  EXPECT_EQ(dawproject_metadata({"A < B", "", "", "1999-12-31", "\x02"}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<MetaData>\n"
            "  <Title>A &lt; B</Title>\n  <Year>1999</Year>\n  <Comment>\\x02</Comment>\n"
            "</MetaData>\n");
}

TEST(WriteDawproject, GivesTheSameArchiveEveryTime) {
  const auto write = [] {
    MemorySink sink;
    write_dawproject(
        a_session(), {},
        [](const std::string& name) {
          return std::make_unique<test::MemorySource>(test::to_bytes("RIFF of " + name));
        },
        sink);
    return sink.take();
  };
  const auto archive = write();
  EXPECT_EQ(archive, write());
  EXPECT_EQ(archive[0], std::byte{'P'});
  EXPECT_GT(archive.size(), 2000U);
}

}  // namespace
}  // namespace partwise
