#include <algorithm>
#include <formats/text.hpp>
#include <formats/xml_text.hpp>
#include <partwise/error.hpp>
#include <writers/event_files.hpp>
#include <writers/session.hpp>

namespace partwise {
namespace {

void append_notes(const PartEvents& part, MidiTrack& track) {
  for (const Event& event : part.events) {
    track.notes.push_back({event.onset_s, event.offset_s, event.key, velocity_of(event.strength)});
  }
}

}  // namespace

double Session::seconds() const {
  double longest = 0;
  for (const SessionTrack& track : tracks) longest = std::max(longest, track.seconds());
  return longest;
}

std::vector<MidiTrack> session_notes(std::span<const PartEvents> events,
                                     std::span<const std::string> names) {
  std::vector<MidiTrack> tracks;
  MidiTrack hits{"Hits", kPercussionChannel, {}};
  for (std::size_t part = 0; part < events.size(); ++part) {
    if (events[part].events.empty()) continue;
    if (events[part].kind == PartKind::drums) {
      append_notes(events[part], hits);
      continue;
    }
    tracks.push_back({names[part] + " notes", 0, {}});
    append_notes(events[part], tracks.back());
  }
  std::stable_sort(hits.notes.begin(), hits.notes.end(),
                   [](const auto& a, const auto& b) { return a.onset_s < b.onset_s; });
  if (!hits.notes.empty()) tracks.insert(tracks.begin(), std::move(hits));
  return tracks;
}

void check_session(const Session& session) {
  if (session.tracks.size() > kMostSessionTracks) {
    throw bad_argument("session", std::to_string(session.tracks.size() - 1) + " parts",
                       "at most " + std::to_string(kMostSessionTracks - 1));
  }
  for (const SessionTrack& track : session.tracks) {
    const double rate_hz = session.tracks.front().sample_rate_hz;
    if (track.sample_rate_hz != rate_hz) {
      throw bad_argument("session",
                         quoted(track.name) + " with " + number_text(track.sample_rate_hz) + " Hz",
                         "the same rate for all parts (" + number_text(rate_hz) + " Hz)");
    }
    if (!fits_in_xml(track.name)) {
      throw bad_argument("names", quoted(track.name), "characters that a session file can hold");
    }
  }
}

}  // namespace partwise
