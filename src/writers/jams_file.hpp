#pragma once
#include <partwise/audio_file.hpp>
#include <partwise/events.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// Events as a JAMS 0.3 document (Humphrey et al. 2014): an annotation for every part that has
/// events, `onset` with the strength for hits, `note_midi` for notes.
[[nodiscard]] std::string events_jams(const std::vector<PartEvents>& events,
                                      std::span<const std::string> names, const AudioTags& tags,
                                      double seconds);

}  // namespace partwise
