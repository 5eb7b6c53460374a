#pragma once
#include <disk/staged_folder.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/events.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// What a key is struck with: 127 for the part's strongest event; a quarter of its amplitude is
/// half of that, as General MIDI's level 2 has it.
[[nodiscard]] int velocity_of(double strength);

/// One line an event, those of all parts in order of time: onset, offset, part, component, kind,
/// strength, midi, frequency_hz.
[[nodiscard]] std::string events_csv(const std::vector<PartEvents>& events,
                                     std::span<const std::string> names);

/// A track for every part: drum-like ones on channel 10, the others on channels of their own as far
/// as there are 15.
[[nodiscard]] std::vector<std::byte> events_midi(const std::vector<PartEvents>& events,
                                                 std::span<const std::string> names);

/// Writes events.csv, events.mid and events.jams of a recording of `seconds`.
void write_event_files(StagedFolder& folder, const std::vector<PartEvents>& events,
                       std::span<const std::string> names, const AudioTags& tags, double seconds);

/// What write_event_files() writes.
[[nodiscard]] std::vector<std::string> event_file_names();

}  // namespace partwise
