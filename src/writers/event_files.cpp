#include <algorithm>
#include <cmath>
#include <disk/file_sink.hpp>
#include <formats/text.hpp>
#include <writers/event_files.hpp>
#include <writers/jams_file.hpp>
#include <writers/midi_file.hpp>

namespace partwise {
namespace {

constexpr int kTimeDigits = 4;      // 0.1 ms
constexpr int kStrengthDigits = 3;  // an eighth of a step of velocity
constexpr int kPitchDigits = 2;     // a cent
constexpr int kHertzDigits = 2;

constexpr double kLoudestVelocity = 127;

/// RFC 4180: in quotes where it has to be.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

struct Place {
  std::size_t part;
  const Event* event;
};

std::vector<Place> in_order_of_time(const std::vector<PartEvents>& events) {
  std::vector<Place> places;
  for (std::size_t part = 0; part < events.size(); ++part) {
    for (const Event& event : events[part].events) places.push_back({part, &event});
  }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return a.event->onset_s < b.event->onset_s;
  });
  return places;
}

/// Of the n-th part that is no percussion.
int channel_of(int n) {
  constexpr int kOthers = 15;
  const int channel = n % kOthers;
  return channel < kPercussionChannel ? channel : channel + 1;
}

MidiTrack track_of(const PartEvents& part, const std::string& name, int channel) {
  MidiTrack track{name, channel, {}};
  for (const Event& event : part.events) {
    track.notes.push_back({event.onset_s, event.offset_s, event.key, velocity_of(event.strength)});
  }
  return track;
}

}  // namespace

int velocity_of(double strength) {
  const double velocity = std::round(kLoudestVelocity * std::sqrt(std::max(strength, 0.0)));
  return static_cast<int>(std::clamp(velocity, 1.0, kLoudestVelocity));
}

std::string events_csv(const std::vector<PartEvents>& events, std::span<const std::string> names) {
  std::string text = "onset,offset,part,component,kind,strength,midi,frequency_hz\n";
  for (const auto& [part, event] : in_order_of_time(events)) {
    const bool is_note = std::isfinite(event->pitch);
    text += fixed_text(event->onset_s, kTimeDigits) + ",";
    text += fixed_text(event->offset_s, kTimeDigits) + ",";
    text += csv_field(names[part]) + ",";
    text += std::to_string(event->component) + ",";
    text += is_note ? "note," : "hit,";
    text += fixed_text(event->strength, kStrengthDigits) + ",";
    text += is_note ? fixed_text(event->pitch, kPitchDigits) : std::to_string(event->key);
    text += "," + (is_note ? fixed_text(event->frequency_hz, kHertzDigits) : "") + "\n";
  }
  return text;
}

std::vector<std::byte> events_midi(const std::vector<PartEvents>& events,
                                   std::span<const std::string> names) {
  std::vector<MidiTrack> tracks;
  int tonal = 0;
  for (std::size_t part = 0; part < events.size(); ++part) {
    const bool drums = events[part].kind == PartKind::drums;
    const int channel = drums ? kPercussionChannel : channel_of(tonal++);
    tracks.push_back(track_of(events[part], names[part], channel));
  }
  return midi_file(tracks);
}

void write_event_files(StagedFolder& folder, const std::vector<PartEvents>& events,
                       std::span<const std::string> names, const AudioTags& tags, double seconds) {
  const auto write = [&](const std::string& name, std::span<const std::byte> bytes) {
    const auto sink = folder.create(name);
    sink->write(bytes);
    sink->finish();
  };
  const auto write_text = [&](const std::string& name, const std::string& text) {
    write(name, std::as_bytes(std::span(text.data(), text.size())));
  };
  write_text("events.csv", events_csv(events, names));
  write_text("events.jams", events_jams(events, names, tags, seconds));
  write("events.mid", events_midi(events, names));
}

std::vector<std::string> event_file_names() { return {"events.csv", "events.mid", "events.jams"}; }

}  // namespace partwise
