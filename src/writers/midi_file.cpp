// Standard MIDI files, MIDI 1.0 detailed specification, "Standard MIDI Files 1.0" (RP-001).
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <writers/midi_file.hpp>
#include <writers/midi_messages.hpp>

namespace partwise {
namespace {

constexpr std::uint32_t kTicksPerBeat = 960;
constexpr std::uint32_t kMicrosecondsPerBeat = 500'000;
constexpr double kTicksPerSecond = kTicksPerBeat * 1e6 / kMicrosecondsPerBeat;
constexpr std::uint64_t kLargestQuantity = (1U << 28U) - 1;  // four groups of seven bits

constexpr int kMeta = 0xFF;
constexpr int kText = 0x01;
constexpr int kTrackName = 0x03;
constexpr int kEndOfTrack = 0x2F;
constexpr int kTempo = 0x51;

/// Big-endian fields.
class MidiBytes {
 public:
  void byte(int value) { bytes_.push_back(static_cast<std::byte>(value)); }
  void number(std::uint64_t value, int count) {
    for (int i = count - 1; i >= 0; --i) byte(static_cast<int>(value >> (8 * i) & 255U));
  }
  void text(std::string_view value) {
    for (const char c : value) byte(static_cast<unsigned char>(c));
  }
  /// Seven bits a byte, the highest first; all but the last have their top bit set.
  void quantity(std::uint64_t value) {
    for (int i = 3; i > 0; --i) {
      if (value >> (7 * i) != 0) byte(static_cast<int>((value >> (7 * i) & 127U) | 128U));
    }
    byte(static_cast<int>(value & 127U));
  }
  void meta(int kind, std::string_view value) {
    byte(kMeta);
    byte(kind);
    quantity(value.size());
    text(value);
  }
  void append(const MidiBytes& other) {
    bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// What lies further ahead than a quantity can say is reached over empty texts.
void write_delta(std::uint64_t ticks, MidiBytes& out) {
  for (; ticks > kLargestQuantity; ticks -= kLargestQuantity) {
    out.quantity(kLargestQuantity);
    out.meta(kText, "");
  }
  out.quantity(ticks);
}

void append_chunk(std::string_view name, const MidiBytes& content, MidiBytes& out) {
  out.text(name);
  out.number(content.size(), 4);
  out.append(content);
}

void end_track(MidiBytes& content, MidiBytes& out) {
  content.quantity(0);
  content.meta(kEndOfTrack, "");
  append_chunk("MTrk", content, out);
}

void append_track(const MidiTrack& track, MidiBytes& out) {
  MidiBytes content;
  content.quantity(0);
  content.meta(kTrackName, std::string_view(track.name).substr(0, kLargestQuantity));
  std::uint64_t now = 0;
  for (const MidiMessage& message : midi_messages(track, kTicksPerSecond)) {
    write_delta(message.tick - now, content);
    now = message.tick;
    content.byte(message.status);
    content.byte(message.first);
    content.byte(message.second);
  }
  end_track(content, out);
}

}  // namespace

std::vector<std::byte> midi_file(std::span<const MidiTrack> tracks) {
  constexpr int kType = 1;
  MidiBytes header;
  header.number(kType, 2);
  header.number(tracks.size() + 1, 2);
  header.number(kTicksPerBeat, 2);
  MidiBytes out;
  append_chunk("MThd", header, out);
  MidiBytes tempo;
  tempo.quantity(0);
  tempo.byte(kMeta);
  tempo.byte(kTempo);
  tempo.quantity(3);
  tempo.number(kMicrosecondsPerBeat, 3);
  end_track(tempo, out);
  for (const MidiTrack& track : tracks) append_track(track, out);
  return out.take();
}

}  // namespace partwise
