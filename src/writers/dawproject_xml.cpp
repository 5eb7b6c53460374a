#include <algorithm>
#include <cmath>
#include <formats/text.hpp>
#include <formats/xml_text.hpp>
#include <partwise/display_text.hpp>
#include <partwise/version.hpp>
#include <writers/dawproject.hpp>

namespace partwise {
namespace {

constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr double kSecondsPerMinute = 60;
constexpr double kLoudestVelocity = 127;

std::string number(double value) {
  constexpr int kDigits = 9;  // a nanosecond
  return fixed_text(value, kDigits);
}

std::string id(std::string_view kind, std::size_t i) {
  return std::string(kind) + "-" + std::to_string(i);
}

std::string color_text(std::uint32_t rgb) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "#";
  for (int shift = 20; shift >= 0; shift -= 4) out += kDigits[rgb >> shift & 15U];
  return out;
}

std::string parameter(std::string_view least, std::string_view most, std::string_view unit,
                      std::string_view value) {
  return xml_attribute("max", most) + xml_attribute("min", least) + xml_attribute("unit", unit) +
         xml_attribute("value", value);
}

void append_transport(const Session& session, XmlWriter& out) {
  out.open("Transport");
  out.empty("Tempo", parameter("1", "999", "bpm", number(session.tempo_bpm)) +
                         xml_attribute("id", "tempo") + xml_attribute("name", "Tempo"));
  out.empty("TimeSignature", xml_attribute("denominator", "4") + xml_attribute("numerator", "4") +
                                 xml_attribute("id", "time-signature"));
  out.close();
}

/// A channel at unity gain in the middle.
void append_channel(const std::string& attributes, XmlWriter& out) {
  out.open("Channel", attributes);
  out.empty("Mute", xml_attribute("value", "false") + xml_attribute("name", "Mute"));
  out.empty("Pan", parameter("0", "1", "normalized", "0.5") + xml_attribute("name", "Pan"));
  out.empty("Volume", parameter("0", "2", "linear", "1") + xml_attribute("name", "Volume"));
  out.close();
}

std::string regular_channel(const std::string& channel_id, Index channels) {
  return xml_attribute("audioChannels", std::to_string(channels)) +
         xml_attribute("destination", "master-channel") + xml_attribute("role", "regular") +
         xml_attribute("solo", "false") + xml_attribute("id", channel_id);
}

void append_structure(const Session& session, XmlWriter& out) {
  out.open("Structure");
  for (std::size_t i = 0; i < session.tracks.size(); ++i) {
    const SessionTrack& track = session.tracks[i];
    out.open("Track", xml_attribute("contentType", "audio") + xml_attribute("loaded", "true") +
                          xml_attribute("id", id("sound", i)) + xml_attribute("name", track.name) +
                          xml_attribute("color", color_text(track.color)));
    append_channel(regular_channel(id("sound-channel", i), track.num_channels), out);
    out.close();
  }
  for (std::size_t i = 0; i < session.notes.size(); ++i) {
    out.open("Track", xml_attribute("contentType", "notes") + xml_attribute("loaded", "true") +
                          xml_attribute("id", id("notes", i)) +
                          xml_attribute("name", session.notes[i].name));
    append_channel(regular_channel(id("notes-channel", i), 2), out);
    out.close();
  }
  out.open("Track", xml_attribute("contentType", "audio notes") + xml_attribute("loaded", "true") +
                        xml_attribute("id", "master") + xml_attribute("name", "Master"));
  append_channel(xml_attribute("audioChannels", "2") + xml_attribute("role", "master") +
                     xml_attribute("solo", "false") + xml_attribute("id", "master-channel"),
                 out);
  out.close();
  out.close();
}

std::string place(double start_beats, double beats, const std::string& name) {
  return xml_attribute("time", number(start_beats)) + xml_attribute("duration", number(beats)) +
         xml_attribute("playStart", "0") + xml_attribute("name", name);
}

void append_sound(const Session& session, std::size_t i, XmlWriter& out) {
  const SessionTrack& track = session.tracks[i];
  const double beats = session.tempo_bpm / kSecondsPerMinute;
  out.open("Clips",
           xml_attribute("track", id("sound", i)) + xml_attribute("id", id("sound-clips", i)));
  out.open("Clip", place(session.start_s * beats, track.seconds() * beats, track.name) +
                       xml_attribute("playStop", number(track.seconds())) +
                       xml_attribute("contentTimeUnit", "seconds"));
  out.open("Audio",
           xml_attribute("channels", std::to_string(track.num_channels)) +
               xml_attribute("duration", number(track.seconds())) +
               xml_attribute("sampleRate", std::to_string(std::llround(track.sample_rate_hz))) +
               xml_attribute("id", id("audio", i)));
  out.empty("File", xml_attribute("path", archived_name(track)));
  out.close();
  out.close();
  out.close();
}

void append_notes(const Session& session, std::size_t i, XmlWriter& out) {
  const MidiTrack& track = session.notes[i];
  const double beats = session.tempo_bpm / kSecondsPerMinute;
  double end_s = session.seconds();
  for (const PlayedNote& note : track.notes) end_s = std::max(end_s, note.offset_s);
  out.open("Clips",
           xml_attribute("track", id("notes", i)) + xml_attribute("id", id("notes-clips", i)));
  out.open("Clip", place(session.start_s * beats, end_s * beats, track.name));
  out.open("Notes", xml_attribute("id", id("note-list", i)));
  for (const PlayedNote& note : track.notes) {
    out.empty(
        "Note",
        xml_attribute("time", number(note.onset_s * beats)) +
            xml_attribute("duration", number((note.offset_s - note.onset_s) * beats)) +
            xml_attribute("channel", std::to_string(track.channel)) +
            xml_attribute("key", std::to_string(note.key)) +
            xml_attribute("vel", number(static_cast<double>(note.velocity) / kLoudestVelocity)));
  }
  out.close();
  out.close();
  out.close();
}

}  // namespace

std::string dawproject_xml(const Session& session) {
  XmlWriter out;
  out.open("Project", xml_attribute("version", "1.0"));
  out.empty("Application", xml_attribute("name", "partwise") + xml_attribute("version", kVersion));
  append_transport(session, out);
  append_structure(session, out);
  out.open("Arrangement", xml_attribute("id", "arrangement"));
  out.open("Lanes", xml_attribute("timeUnit", "beats") + xml_attribute("id", "lanes"));
  for (std::size_t i = 0; i < session.tracks.size(); ++i) append_sound(session, i, out);
  for (std::size_t i = 0; i < session.notes.size(); ++i) append_notes(session, i, out);
  out.close();
  out.close();
  out.close();
  return out.take();
}

std::string dawproject_metadata(const AudioTags& tags) {
  XmlWriter out;
  out.open("MetaData");
  const auto field = [&](const std::string& name, const std::string& text) {
    if (!text.empty()) out.element(name, display_text(text));
  };
  field("Title", tags.title);
  field("Artist", tags.artist);
  field("Album", tags.album);
  field("Year", tags.date.substr(0, 4));
  field("Comment", tags.comment);
  out.close();
  return out.take();
}

}  // namespace partwise
