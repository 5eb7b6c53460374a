// Standard MIDI Files 1.0 (MIDI Manufacturers Association 1988).
#include <algorithm>
#include <array>
#include <cstdint>
#include <formats/little_endian.hpp>
#include <formats/midi_read.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <span>
#include <string>
#include <utility>

namespace partwise {
namespace {

constexpr std::uint64_t kMostBytes = 16 << 20;
constexpr int kChannels = 16, kKeys = 128;
constexpr std::size_t kChunkHead = 8;

/// Bytes in order, to an end that is not passed.
class Reader {
 public:
  Reader(std::span<const std::byte> bytes, std::size_t at, const std::string& name)
      : bytes_(bytes), at_(at), name_(name) {}

  [[nodiscard]] bool is_at_end() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] int peek() const {
    if (is_at_end()) refuse("it ends in the middle of an event");
    return std::to_integer<int>(bytes_[at_]);
  }
  int byte() {
    const int value = peek();
    ++at_;
    return value;
  }
  /// A byte of data: below 128.
  int data() {
    if (peek() >= kKeys) refuse("a byte of data is above 127");
    return byte();
  }
  template <class T>
  T number() {
    return load_be<T>(take(sizeof(T)).data());
  }
  /// Up to four bytes of seven bits.
  std::uint32_t variable_length() {
    constexpr int kMostBytesOfIt = 4, kBits = 7, kMore = 0x80;
    std::uint32_t value = 0;
    for (int i = 0; i < kMostBytesOfIt; ++i) {
      const int part = byte();
      value = value << kBits | static_cast<std::uint32_t>(part & (kMore - 1));
      if (part < kMore) return value;
    }
    refuse("a length has more than four bytes");
  }
  std::span<const std::byte> take(std::size_t count) {
    if (count > left()) refuse("it ends in the middle of an event or a chunk");
    at_ += count;
    return bytes_.subspan(at_ - count, count);
  }
  /// The next `count` bytes as a reader of their own, which knows where they stand.
  Reader part(std::size_t count) {
    const std::size_t first = at_;
    (void)take(count);
    return {bytes_.first(at_), first, name_};
  }
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorCode::malformed, name_ + ": no MIDI file that can be read: " + what +
                                          " (byte " + std::to_string(at_) + ")");
  }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_;
  const std::string& name_;
};

using Ticks = std::uint64_t;

struct TickNote {
  Ticks onset = 0;
  Ticks offset = 0;
  int channel = 0;
  int key = 0;
  int velocity = 0;
};

struct Tempo {
  Ticks at = 0;
  double seconds_a_quarter = 0.5;  ///< 120 quarters a minute where a file says nothing
};

struct Score {
  std::vector<TickNote> notes;
  std::vector<Tempo> tempos;
};

/// One track into the score.
class Track {
 public:
  Track(Reader reader, Score& score) : reader_(reader), score_(score) {
    for (auto& keys : sounding_) keys.fill(-1);
  }

  void read() {
    while (!reader_.is_at_end()) {
      now_ += reader_.variable_length();
      if (!event()) break;
    }
    for (const auto& keys : sounding_) {
      for (const Index note : keys) {
        if (note >= 0) score_.notes[note].offset = now_;
      }
    }
  }

 private:
  /// False at the end of the track.
  bool event() {
    constexpr int kStatus = 0x80, kSystem = 0xF0, kMeta = 0xFF;
    int status = status_;
    if (reader_.peek() >= kStatus) {
      status = reader_.byte();
    } else if (status == 0) {
      reader_.refuse("an event has no status");
    }
    if (status == kMeta) return meta();
    if (status >= kSystem) {
      status_ = 0;
      (void)reader_.take(reader_.variable_length());
      return true;
    }
    status_ = status;
    channel_event(status >> 4, status & (kChannels - 1));
    return true;
  }

  bool meta() {
    constexpr int kEnd = 0x2F, kTempo = 0x51;
    constexpr std::size_t kTempoBytes = 3;
    constexpr double kMicroseconds = 1e6;
    const int type = reader_.byte();
    const auto data = reader_.take(reader_.variable_length());
    if (type == kTempo && data.size() == kTempoBytes) {
      std::uint32_t value = 0;
      for (const std::byte part : data) value = value << 8 | std::to_integer<std::uint32_t>(part);
      score_.tempos.push_back({now_, static_cast<double>(value) / kMicroseconds});
    }
    return type != kEnd;
  }

  void channel_event(int kind, int channel) {
    constexpr int kNoteOff = 0x8, kNoteOn = 0x9, kProgram = 0xC, kPressure = 0xD;
    const int first = reader_.data();
    if (kind == kProgram || kind == kPressure) return;
    const int second = reader_.data();
    if (kind != kNoteOff && kind != kNoteOn) return;
    Index& sounding = sounding_[channel][first];
    if (sounding >= 0) score_.notes[sounding].offset = now_;
    sounding = -1;
    if (kind == kNoteOff || second == 0) return;
    sounding = static_cast<Index>(score_.notes.size());
    score_.notes.push_back({now_, now_, channel, first, second});
  }

  Reader reader_;
  Score& score_;
  Ticks now_ = 0;
  int status_ = 0;
  std::array<std::array<Index, kKeys>, kChannels> sounding_;
};

/// Ticks to seconds, by the tempo map.
class Clock {
 public:
  Clock(std::vector<Tempo> tempos, int division) : tempos_(std::move(tempos)) {
    constexpr int kFrames = 0x8000, kByte = 256;
    if ((division & kFrames) != 0) {  // frames a second, negative, and ticks a frame: no tempo
      const int frames = kByte - (division >> 8);
      tempos_.assign(1, {0, 1});
      ticks_a_quarter_ = static_cast<double>(frames) * (division & (kByte - 1));
    } else {
      ticks_a_quarter_ = division;
      tempos_.insert(tempos_.begin(), Tempo());
      std::ranges::stable_sort(tempos_, {}, &Tempo::at);
    }
    for (std::size_t i = 1; i < tempos_.size(); ++i) {
      const Tempo& before = tempos_[i - 1];
      starts_s_.push_back(starts_s_.back() + seconds(tempos_[i].at - before.at, before));
    }
  }

  [[nodiscard]] bool runs() const { return ticks_a_quarter_ > 0; }

  [[nodiscard]] double operator()(Ticks ticks) const {
    const auto after = std::ranges::upper_bound(tempos_, ticks, {}, &Tempo::at);
    const auto i = static_cast<std::size_t>(after - tempos_.begin()) - 1;
    return starts_s_[i] + seconds(ticks - tempos_[i].at, tempos_[i]);
  }

 private:
  [[nodiscard]] double seconds(Ticks ticks, const Tempo& tempo) const {
    return static_cast<double>(ticks) * tempo.seconds_a_quarter / ticks_a_quarter_;
  }

  std::vector<Tempo> tempos_;
  double ticks_a_quarter_ = 0;
  std::vector<double> starts_s_ = {0};
};

std::vector<std::byte> bytes_of(ByteSource& source) {
  if (source.size() > kMostBytes) {
    throw Error(ErrorCode::malformed, source.name() + ": " + std::to_string(source.size()) +
                                          " bytes, expected a MIDI file of at most " +
                                          std::to_string(kMostBytes));
  }
  std::vector<std::byte> bytes(static_cast<std::size_t>(source.size()));
  bytes.resize(source.read_at(0, bytes));
  return bytes;
}

}  // namespace

std::vector<MidiNote> read_midi(ByteSource& source) {
  constexpr std::uint32_t kHead = 0x4D546864, kTrack = 0x4D54726B;  // "MThd", "MTrk"
  constexpr std::size_t kHeadBytes = 6;
  const std::vector<std::byte> bytes = bytes_of(source);
  const std::string name = source.name();
  Reader file(bytes, 0, name);
  if (file.left() < kChunkHead + kHeadBytes || file.number<std::uint32_t>() != kHead) {
    Reader(bytes, 0, name).refuse("it does not begin with MThd");
  }
  Reader head = file.part(std::max<std::size_t>(file.number<std::uint32_t>(), kHeadBytes));
  const int format = head.number<std::uint16_t>();
  if (format > 1) head.refuse("format " + std::to_string(format) + ", expected 0 or 1");
  (void)head.number<std::uint16_t>();  // how many tracks: those count that are there
  const int division = head.number<std::uint16_t>();
  Score score;
  while (file.left() >= kChunkHead) {
    const auto kind = file.number<std::uint32_t>();
    Reader chunk = file.part(file.number<std::uint32_t>());
    if (kind == kTrack) Track(chunk, score).read();
  }
  const Clock clock(std::move(score.tempos), division);
  if (!clock.runs()) head.refuse("0 ticks a quarter note");
  std::vector<MidiNote> notes;
  for (const TickNote& note : score.notes) {
    notes.push_back({clock(note.onset), clock(note.offset), note.channel, note.key, note.velocity});
  }
  std::ranges::stable_sort(notes, {}, &MidiNote::onset_s);
  return notes;
}

}  // namespace partwise
