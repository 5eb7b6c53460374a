#include <algorithm>
#include <cmath>
#include <cstdint>
#include <formats/text.hpp>
#include <partwise/version.hpp>
#include <writers/midi_messages.hpp>
#include <writers/reaper_project.hpp>

namespace partwise {
namespace {

constexpr double kTicksPerBeat = 960;
constexpr double kSecondsPerMinute = 60;
constexpr std::uint32_t kCustomColor = 0x1000000;  // the flag of a color that was chosen
constexpr int kController = 0xB0;
constexpr int kAllNotesOff = 123;

std::string number(double value) {
  constexpr int kDigits = 9;  // a nanosecond
  return fixed_text(value, kDigits);
}

std::string hex_byte(int value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return {kDigits[static_cast<std::size_t>(value) / 16],
          kDigits[static_cast<std::size_t>(value) % 16]};
}

/// Reaper stores colors as 0xBBGGRR.
std::uint32_t native_color(std::uint32_t rgb) {
  return kCustomColor | (rgb & 0xFFU) << 16U | (rgb & 0xFF00U) | (rgb >> 16U & 0xFFU);
}

/// Chunks and lines, indented by depth.
class RppText {
 public:
  void open(const std::string& head) {
    line("<" + head);
    depth_ += 2;
  }
  void close() {
    depth_ -= 2;
    line(">");
  }
  void line(const std::string& text) { text_ += std::string(depth_, ' ') + text + "\n"; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t depth_ = 0;
};

void begin_track(const std::string& name, std::uint32_t color, Index channels, RppText& out) {
  out.open("TRACK");
  out.line("NAME " + rpp_string(name));
  if (color != 0) out.line("PEAKCOL " + std::to_string(native_color(color)));
  out.line("BEAT 0");  // items stay at their seconds when the tempo changes
  out.line("NCHAN " + std::to_string(std::max<Index>(2, channels + channels % 2)));
}

void begin_item(const Session& session, const std::string& name, double seconds, RppText& out) {
  out.open("ITEM");
  out.line("POSITION " + number(session.start_s));
  out.line("LENGTH " + number(seconds));
  out.line("LOOP 0");
  out.line("NAME " + rpp_string(name));
}

std::string source_of(const std::string& file_name) {
  if (file_name.ends_with(".flac")) return "SOURCE FLAC";
  return "SOURCE WAVE";
}

void append_sound(const Session& session, const SessionTrack& track, RppText& out) {
  begin_track(track.name, track.color, track.num_channels, out);
  begin_item(session, track.name, track.seconds(), out);
  out.open(source_of(track.file_name));
  out.line("FILE " + rpp_string(track.file_name));
  out.close();
  out.close();
  out.close();
}

void append_notes(const Session& session, const MidiTrack& track, RppText& out) {
  const double ticks_per_second = kTicksPerBeat * session.tempo_bpm / kSecondsPerMinute;
  std::vector<MidiMessage> messages = midi_messages(track, ticks_per_second);
  // The source ends where its last message is: at the end of the recording or of the last note.
  const auto end = static_cast<std::uint64_t>(std::ceil(session.seconds() * ticks_per_second));
  messages.push_back({messages.empty() ? end : std::max(end, messages.back().tick),
                      kController | track.channel, kAllNotesOff, 0});
  begin_track(track.name, 0, 2, out);
  begin_item(session, track.name, static_cast<double>(messages.back().tick) / ticks_per_second,
             out);
  out.open("SOURCE MIDI");
  out.line("HASDATA 1 " + std::to_string(static_cast<int>(kTicksPerBeat)) + " QN");
  std::uint64_t now = 0;
  for (const MidiMessage& message : messages) {
    out.line("E " + std::to_string(message.tick - now) + " " + hex_byte(message.status) + " " +
             hex_byte(message.first) + " " + hex_byte(message.second));
    now = message.tick;
  }
  out.close();
  out.close();
  out.close();
}

}  // namespace

std::string rpp_string(std::string_view text) {
  for (const char quote : {'"', '\'', '`'}) {
    if (text.find(quote) == std::string_view::npos) return quote + std::string(text) + quote;
  }
  std::string inner(text);
  std::replace(inner.begin(), inner.end(), '`', '\'');
  return "`" + inner + "`";
}

std::string reaper_project(const Session& session) {
  RppText out;
  // Format version, the program that wrote it, and a time stamp, which equal runs must not have.
  out.open("REAPER_PROJECT 0.1 " + rpp_string("partwise " + std::string(kVersion)) + " 0");
  if (!session.tracks.empty()) {
    out.line("SAMPLERATE " + std::to_string(std::llround(session.tracks.front().sample_rate_hz)) +
             " 1 0");
  }
  out.line("TEMPO " + number(session.tempo_bpm) + " 4 4");
  for (const SessionTrack& track : session.tracks) append_sound(session, track, out);
  for (const MidiTrack& track : session.notes) append_notes(session, track, out);
  out.close();
  return out.take();
}

}  // namespace partwise
