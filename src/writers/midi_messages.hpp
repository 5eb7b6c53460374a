#pragma once
#include <cstdint>
#include <vector>
#include <writers/midi_file.hpp>

namespace partwise {

/// A channel message of three bytes.
struct MidiMessage {
  std::uint64_t tick = 0;
  int status = 0;  ///< kind and channel
  int first = 0;   ///< key
  int second = 0;  ///< velocity
};

/// The messages of a track in order. A note lasts at least one tick; where one ends as the next
/// starts, the end comes first.
[[nodiscard]] std::vector<MidiMessage> midi_messages(const MidiTrack& track,
                                                     double ticks_per_second);

}  // namespace partwise
