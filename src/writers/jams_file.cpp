#include <cmath>
#include <nlohmann/json.hpp>
#include <partwise/version.hpp>
#include <writers/jams_file.hpp>

namespace partwise {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kJamsVersion = "0.3.4";
constexpr double kPerSecond = 1e4;  // times to 0.1 ms
constexpr double kPerStrength = 1e3;
constexpr double kPerSemitone = 1e2;

double rounded(double value, double per_unit) { return std::round(value * per_unit) / per_unit; }

Json observation(const Event& event, bool is_note) {
  const double onset = rounded(event.onset_s, kPerSecond);
  // The namespace `onset` marks moments.
  const double duration = is_note ? rounded(event.offset_s, kPerSecond) - onset : 0;
  return {{"time", onset},
          {"duration", rounded(duration, kPerSecond)},
          {"value",
           is_note ? rounded(event.pitch, kPerSemitone) : rounded(event.strength, kPerStrength)},
          {"confidence", nullptr}};
}

Json annotation(const PartEvents& part, const std::string& name, double seconds) {
  const bool is_notes = part.kind == PartKind::tones;
  Json data = Json::array();
  for (const Event& event : part.events) data.push_back(observation(event, is_notes));
  Json sandbox = {{"part", name}};
  if (part.drum_key > 0) sandbox["midi_drum"] = part.drum_key;
  return {{"namespace", is_notes ? "note_midi" : "onset"},
          {"annotation_metadata",
           {{"annotation_tools", std::string("partwise ") + kVersion}, {"data_source", "program"}}},
          {"time", 0},
          {"duration", seconds},
          {"data", std::move(data)},
          {"sandbox", std::move(sandbox)}};
}

}  // namespace

std::string events_jams(const std::vector<PartEvents>& events, std::span<const std::string> names,
                        const AudioTags& tags, double seconds) {
  Json annotations = Json::array();
  for (std::size_t part = 0; part < events.size(); ++part) {
    if (events[part].events.empty()) continue;
    annotations.push_back(annotation(events[part], names[part], seconds));
  }
  const Json document = {{"file_metadata",
                          {{"title", tags.title},
                           {"artist", tags.artist},
                           {"release", tags.album},
                           {"duration", seconds},
                           {"identifiers", Json::object()},
                           {"jams_version", kJamsVersion}}},
                         {"annotations", std::move(annotations)},
                         {"sandbox", Json::object()}};
  // A name may hold bytes that are not UTF-8; they show as U+FFFD.
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace partwise
