#include <base/json_writer.hpp>
#include <cmath>
#include <partwise/version.hpp>
#include <writers/jams_file.hpp>

namespace partwise {
namespace {

constexpr const char* kJamsVersion = "0.3.4";
constexpr double kPerSecond = 1e4;  // times to 0.1 ms
constexpr double kPerStrength = 1e3;
constexpr double kPerSemitone = 1e2;

double rounded(double value, double per_unit) { return std::round(value * per_unit) / per_unit; }

void write_observation(const Event& event, bool is_note, JsonWriter& json) {
  const double onset = rounded(event.onset_s, kPerSecond);
  // The namespace `onset` marks moments.
  const double duration = is_note ? rounded(event.offset_s, kPerSecond) - onset : 0;
  json.begin_object();
  json.field("time", onset);
  json.field("duration", rounded(duration, kPerSecond));
  json.field("value",
             is_note ? rounded(event.pitch, kPerSemitone) : rounded(event.strength, kPerStrength));
  json.null_field("confidence");
  json.end_object();
}

void write_annotation(const PartEvents& part, const std::string& name, double seconds,
                      JsonWriter& json) {
  const bool is_notes = part.kind == PartKind::tones;
  json.begin_object();
  json.field("namespace", is_notes ? "note_midi" : "onset");
  json.key("annotation_metadata");
  json.begin_object();
  json.field("annotation_tools", std::string("partwise ") + kVersion);
  json.field("data_source", "program");
  json.end_object();
  json.field("time", 0);
  json.field("duration", seconds);
  json.key("data");
  json.begin_array();
  for (const Event& event : part.events) write_observation(event, is_notes, json);
  json.end_array();
  json.key("sandbox");
  json.begin_object();
  json.field("part", name);
  if (part.drum_key > 0) json.field("midi_drum", part.drum_key);
  json.end_object();
  json.end_object();
}

void write_file_metadata(const AudioTags& tags, double seconds, JsonWriter& json) {
  json.begin_object();
  json.field("title", tags.title);
  json.field("artist", tags.artist);
  json.field("release", tags.album);
  json.field("duration", seconds);
  json.key("identifiers");
  json.begin_object();
  json.end_object();
  json.field("jams_version", kJamsVersion);
  json.end_object();
}

}  // namespace

std::string events_jams(const std::vector<PartEvents>& events, std::span<const std::string> names,
                        const AudioTags& tags, double seconds) {
  JsonWriter json(json_document(1));
  json.begin_object();
  json.key("file_metadata");
  write_file_metadata(tags, seconds, json);
  json.key("annotations");
  json.begin_array();
  for (std::size_t part = 0; part < events.size(); ++part) {
    if (!events[part].events.empty()) write_annotation(events[part], names[part], seconds, json);
  }
  json.end_array();
  json.key("sandbox");
  json.begin_object();
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace partwise
