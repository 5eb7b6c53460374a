#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace partwise {

struct PlayedNote {
  double onset_s = 0;
  double offset_s = 0;
  int key = 0;       ///< 0..127
  int velocity = 0;  ///< 1..127
};

struct MidiTrack {
  std::string name;
  int channel = 0;  ///< 0..15; 9 is percussion
  std::vector<PlayedNote> notes;
};

inline constexpr int kPercussionChannel = 9;

/// A standard MIDI file of type 1 at 120 beats a minute, 960 ticks a beat: times are exact to 0.27
/// ms. A track of the tempo, then those given. Notes last a tick at least.
[[nodiscard]] std::vector<std::byte> midi_file(std::span<const MidiTrack> tracks);

}  // namespace partwise
