#include <algorithm>
#include <array>
#include <codecs/probe.hpp>
#include <formats/text.hpp>
#include <formats/wav_header.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <string_view>

namespace partwise {
namespace {

constexpr std::size_t kHeadBytes = 512;
constexpr std::size_t kShownBytes = 12;
constexpr std::size_t kId3Bytes = 10;

constexpr std::string_view kWhatIsRead =
    "expected WAV, FLAC, AIFF, Ogg, MP3, W64, CAF or AU, or through ffmpeg M4A, AAC and the like";

// The first 16 bytes of a W64 file: the GUID of 'riff' (Sony, Wave64 specification).
constexpr std::string_view kW64Magic("riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 16);

bool is_plain_text(std::string_view head) {
  return std::all_of(head.begin(), head.end(), [](char c) {
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
  });
}

[[noreturn]] void throw_unknown(const ByteSource& source, std::string_view head) {
  std::string what = "it is not in a format that partwise reads (it begins with " +
                     quoted(head.substr(0, kShownBytes)) + ")";
  if (is_plain_text(head)) what = "it is a text file, not sound";
  throw_malformed(source, what + "; " + std::string(kWhatIsRead));
}

/// Where the sound begins behind an ID3v2 tag.
std::uint64_t skip_id3(ByteSource& source) {
  std::uint64_t offset = 0;
  std::array<std::byte, kId3Bytes> tag;
  while (source.read_at(offset, tag) == tag.size() && as_text(tag).starts_with("ID3")) {
    std::uint64_t length = 0;  // four times seven bits
    for (std::size_t i = 6; i < kId3Bytes; ++i) {
      length = (length << 7) | (std::to_integer<std::uint64_t>(tag[i]) & 0x7f);
    }
    constexpr std::uint64_t kHasFooter = 0x10;
    const bool footer = (std::to_integer<std::uint64_t>(tag[5]) & kHasFooter) != 0;
    offset += kId3Bytes + length + (footer ? kId3Bytes : 0);
  }
  return offset;
}

Probe probe_wav(ByteSource& source) {
  const WavChunks chunks = find_wav_chunks(source);
  Probe out;
  switch (chunks.format.tag) {
    case wav_tag::kMuLaw:
    case wav_tag::kALaw:
    case wav_tag::kImaAdpcm:
    case wav_tag::kMsAdpcm:
      break;
    default:
      return out;
  }
  out.kind = SoundKind::coded_wav;
  if (chunks.format.block_align == 0) throw_malformed(source, "block align = 0, expected 1..65535");
  if (chunks.data_bytes == 0) throw_malformed(source, "it holds no sound (0 samples)");
  if (chunks.data_bytes_lost > 0) {
    out.warnings.push_back("the file ends " + std::to_string(chunks.data_bytes_lost) +
                           " bytes before its header says");
  }
  return out;
}

}  // namespace

void throw_malformed(const ByteSource& source, const std::string& what) {
  throw Error(ErrorCode::malformed, source.name() + ": " + what);
}

void read_header(ByteSource& source, std::uint64_t offset, std::span<std::byte> out) {
  if (offset > source.size() || source.read_at(offset, out) != out.size()) {
    throw_malformed(source, "it ends inside its header");
  }
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Probe probe_sound(ByteSource& source, const RunControl& control) {
  std::array<std::byte, kHeadBytes> bytes;
  const std::string_view head = as_text(std::span(bytes).first(source.read_at(0, bytes)));
  if (head.empty()) throw_malformed(source, "the file is empty");
  if (is_wav(source)) return probe_wav(source);
  if (head.starts_with("fLaC")) return probe_flac(source, 0);
  if (head.starts_with("OggS")) return probe_ogg(source, control);
  if (head.starts_with("FORM") && head.size() >= 12) {
    const std::string_view form = head.substr(8, 4);
    if (form == "AIFF" || form == "AIFC") return probe_aiff(source);
  }
  if (head.starts_with(kW64Magic)) return probe_w64(source);
  if (head.starts_with("caff")) return probe_caf(source);
  if (head.starts_with(".snd")) return probe_au(source);
  const bool frame_sync = head.size() >= 2 && static_cast<unsigned char>(head[0]) == 0xff &&
                          (static_cast<unsigned char>(head[1]) & 0xe0U) == 0xe0;
  if (head.starts_with("ID3") || frame_sync) {
    const std::uint64_t offset = skip_id3(source);
    std::array<std::byte, 4> magic{};
    source.read_at(offset, magic);
    if (as_text(magic) == "fLaC") return probe_flac(source, offset);
    const auto mpeg = mpeg_format(as_text(magic));
    return mpeg ? foreign_probe(*mpeg) : probe_mp3(source, offset);
  }
  if (const auto foreign = foreign_format(head)) return foreign_probe(*foreign);
  throw_unknown(source, head);
}

}  // namespace partwise
