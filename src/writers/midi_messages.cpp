#include <algorithm>
#include <cmath>
#include <writers/midi_messages.hpp>

namespace partwise {
namespace {

constexpr int kNoteOff = 0x80;
constexpr int kNoteOn = 0x90;
constexpr int kReleaseVelocity = 64;  // what a keyboard sends that does not measure it

}  // namespace

std::vector<MidiMessage> midi_messages(const MidiTrack& track, double ticks_per_second) {
  const auto tick_of = [&](double seconds) {
    return static_cast<std::uint64_t>(std::llround(std::max(seconds, 0.0) * ticks_per_second));
  };
  std::vector<MidiMessage> messages;
  for (const PlayedNote& note : track.notes) {
    const std::uint64_t on = tick_of(note.onset_s);
    const std::uint64_t off = std::max(tick_of(note.offset_s), on + 1);
    messages.push_back({on, kNoteOn | track.channel, note.key, note.velocity});
    messages.push_back({off, kNoteOff | track.channel, note.key, kReleaseVelocity});
  }
  std::stable_sort(messages.begin(), messages.end(),
                   [](const MidiMessage& a, const MidiMessage& b) {
                     return a.tick != b.tick ? a.tick < b.tick : a.status < b.status;
                   });
  return messages;
}

}  // namespace partwise
