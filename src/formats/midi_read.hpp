#pragma once
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <vector>

namespace partwise {

/// A note of a MIDI file, in the order of their onsets.
struct MidiNote {
  double onset_s = 0;
  double offset_s = 0;
  int channel = 0;  ///< 0..15; 9 is General MIDI's drums
  int key = 0;      ///< 0..127, 69 is A4
  int velocity = 0;
};

inline constexpr int kMidiDrumChannel = 9;

/// Reads the notes of a Standard MIDI File of format 0 or 1, with its tempo map, of at most 16 MB.
/// Other events are left out; a note without an end lasts to that of its track. Throws
/// Error(malformed) with the place where it makes no sense, Error(cannot_read).
[[nodiscard]] std::vector<MidiNote> read_midi(ByteSource& source);

}  // namespace partwise
