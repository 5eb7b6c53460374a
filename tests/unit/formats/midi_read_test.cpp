#include <gtest/gtest.h>

#include <formats/midi_read.hpp>
#include <support/expect_error.hpp>
#include <support/make_wav.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

using test::Bytes;

Bytes bytes(std::initializer_list<int> values) {
  Bytes out;
  for (const int value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

/// A file of these tracks, 100 ticks a quarter note.
Bytes file_of(const std::vector<Bytes>& tracks, int format = 1, int division = 100) {
  Bytes out;
  const auto put = [&](std::string_view id, const Bytes& body) {
    test::put_text(out, id);
    test::put_number(out, body.size(), 4, true);
    out.insert(out.end(), body.begin(), body.end());
  };
  Bytes head;
  for (const int value : {format, static_cast<int>(tracks.size()), division}) {
    test::put_number(head, static_cast<unsigned>(value), 2, true);
  }
  put("MThd", head);
  put("XXXX", bytes({1, 2, 3}));
  for (const Bytes& track : tracks) put("MTrk", track);
  return out;
}

std::vector<MidiNote> notes_of(const Bytes& file) {
  test::MemorySource source(file, "a.mid");
  return read_midi(source);
}

TEST(MidiRead, NotesHaveTheirTimesByTheTempoMap) {
  const Bytes tempos = bytes({0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40,     // 1 s a quarter
                              0x64, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20,  // at 100: 0.5 s
                              0, 0xFF, 0x2F, 0});
  const Bytes track =
      bytes({0,    0xFF, 3,  1,  'x', 50,   0x99, 36, 100,  50,   36, 0,  // running status
             0,    0x90, 69, 64, 0,   0xC0, 5,    0,  0xF0, 2,    1,  0xF7, 0x81,
             0x48, 0x80, 69, 0,  0,   0x90, 70,   1,  100,  0xB0, 7,  0});
  const auto notes = notes_of(file_of({tempos, track}));
  ASSERT_EQ(notes.size(), 3U);
  EXPECT_EQ(notes[0].channel, kMidiDrumChannel);
  EXPECT_EQ(notes[0].key, 36);
  EXPECT_EQ(notes[0].velocity, 100);
  EXPECT_DOUBLE_EQ(notes[0].onset_s, 0.5);
  EXPECT_DOUBLE_EQ(notes[0].offset_s, 1);
  EXPECT_DOUBLE_EQ(notes[1].onset_s, 1);
  EXPECT_DOUBLE_EQ(notes[1].offset_s, 2);    // 200 ticks of 5 ms
  EXPECT_DOUBLE_EQ(notes[2].offset_s, 2.5);  // it has no end but the track's
}

TEST(MidiRead, WithoutATempoAQuarterLastsHalfASecondAndFramesNeedNone) {
  const Bytes track = bytes({100, 0x90, 60, 1, 100, 0x80, 60, 0});
  EXPECT_DOUBLE_EQ(notes_of(file_of({track}, 0)).front().onset_s, 0.5);
  const int frames = (256 - 25) << 8 | 40;  // a tick is a millisecond
  EXPECT_DOUBLE_EQ(notes_of(file_of({track}, 0, frames)).front().onset_s, 0.1);
}

TEST(MidiRead, WhatIsNoMidiFileIsRefused) {
  const auto refuses = [](const Bytes& file, const std::string& words) {
    return test::throws_error([&] { (void)notes_of(file); }, ErrorCode::malformed, words);
  };
  EXPECT_TRUE(refuses(bytes({}), "a.mid: no MIDI file that can be read: it does not begin with"));
  EXPECT_TRUE(refuses(file_of({}, 2), "format 2, expected 0 or 1"));
  EXPECT_TRUE(refuses(file_of({bytes({0, 60, 1})}), "an event has no status"));
  EXPECT_TRUE(refuses(file_of({bytes({0, 0x90, 60})}), "ends in the middle of an event"));
  EXPECT_TRUE(refuses(file_of({bytes({0, 0x90, 0x90, 1})}), "a byte of data is above 127"));
  EXPECT_TRUE(refuses(file_of({bytes({0xFF, 0xFF, 0xFF, 0xFF, 0})}), "more than four bytes"));
  EXPECT_TRUE(refuses(file_of({bytes({0, 0xFF, 1, 100, 0})}), "ends in the middle"));
  EXPECT_TRUE(refuses(file_of({}, 1, 0), "0 ticks a quarter note"));
  Bytes cut = file_of({bytes({0, 0x90, 60, 1})});
  cut.resize(cut.size() - 2);
  EXPECT_TRUE(refuses(cut, "ends in the middle of an event or a chunk"));
}

TEST(MidiRead, NoPrefixOfAFileAndNoChangedByteDoesMoreThanThrow) {
  const Bytes file =
      file_of({bytes({0,  0xFF, 0x51, 3,    0x0F, 0x42, 0x40, 50, 0x99, 36,   100, 50,
                      36, 0,    0,    0xF0, 2,    1,    0xF7, 0,  0xFF, 0x2F, 0})});
  const auto try_it = [](const Bytes& changed) {
    try {
      for (const MidiNote& note : notes_of(changed)) EXPECT_GE(note.offset_s, note.onset_s);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::malformed);
    }
  };
  for (std::size_t i = 0; i < file.size(); ++i) {
    try_it(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(i)));
    for (const int value : {0, 1, 0x7F, 0x80, 0xFF}) {
      Bytes changed = file;
      changed[i] = static_cast<std::byte>(value);
      try_it(changed);
    }
  }
}

}  // namespace
}  // namespace partwise
