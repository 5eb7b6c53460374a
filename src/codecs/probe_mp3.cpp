#include <algorithm>
#include <array>
#include <codecs/probe.hpp>
#include <optional>
#include <string_view>

namespace partwise {
namespace {

constexpr std::size_t kFrameHeaderBytes = 4;
// Some writers pad between the tag and the first frame.
constexpr std::uint64_t kMaxPaddingBytes = 4096;

/// The length in bytes of the MPEG layer III frame whose header this is, 0 if it is none.
/// ISO 11172-3 section 2.4.2.3 and ISO 13818-3; version 2.5 is Fraunhofer's.
std::uint64_t frame_bytes(std::span<const std::byte, kFrameHeaderBytes> header) {
  const auto byte = [&](std::size_t i) { return std::to_integer<unsigned>(header[i]); };
  if (byte(0) != 0xff || (byte(1) & 0xe0) != 0xe0) return 0;
  const unsigned version = (byte(1) >> 3) & 3, layer = (byte(1) >> 1) & 3;
  const unsigned bitrate_index = byte(2) >> 4, rate_index = (byte(2) >> 2) & 3;
  constexpr unsigned kReservedVersion = 1, kVersion1 = 3, kVersion25 = 0, kLayer3 = 1;
  if (version == kReservedVersion || layer != kLayer3 || rate_index == 3) return 0;
  // Index 0 is "free format" (no writer of music makes it), 15 is forbidden.
  constexpr std::array<unsigned, 16> kKbps1 = {0,   32,  40,  48,  56,  64,  80,  96,
                                               112, 128, 160, 192, 224, 256, 320, 0};
  constexpr std::array<unsigned, 16> kKbps2 = {0,  8,  16, 24,  32,  40,  48,  56,
                                               64, 80, 96, 112, 128, 144, 160, 0};
  constexpr std::array<unsigned, 3> kRatesHz = {44100, 48000, 32000};
  const bool first = version == kVersion1;
  const unsigned kbps = (first ? kKbps1 : kKbps2)[bitrate_index];
  const unsigned rate = kRatesHz[rate_index] / (first ? 1 : version == kVersion25 ? 4 : 2);
  const unsigned padding = (byte(2) >> 1) & 1;
  if (kbps == 0) return 0;
  const unsigned bytes_factor = first ? 144 : 72;  // samples of a frame / 8 bits
  return bytes_factor * kbps * 1000 / rate + padding;
}

std::uint64_t frame_bytes_at(ByteSource& source, std::uint64_t offset) {
  std::array<std::byte, kFrameHeaderBytes> header;
  if (source.read_at(offset, header) != header.size()) return 0;
  return frame_bytes(header);
}

/// Where the first frame holds the length of the file, if it is the Xing or Info frame that LAME
/// and others put in front. http://gabriel.mp3-tech.org/mp3infotag.html
std::optional<std::uint64_t> length_field_at(ByteSource& source, std::uint64_t frame_at) {
  std::array<std::byte, kFrameHeaderBytes> header;
  if (source.read_at(frame_at, header) != header.size()) return std::nullopt;
  const bool first_version = (std::to_integer<unsigned>(header[1]) & 8U) != 0;
  const bool has_crc = (std::to_integer<unsigned>(header[1]) & 1U) == 0;
  const bool mono = (std::to_integer<unsigned>(header[3]) >> 6) == 3;
  std::uint64_t side_info = mono ? 17 : 32;
  if (!first_version) side_info = mono ? 9 : 17;
  const std::uint64_t tag_at = frame_at + kFrameHeaderBytes + (has_crc ? 2 : 0) + side_info;
  std::array<std::byte, 8> tag;
  if (source.read_at(tag_at, tag) != tag.size()) return std::nullopt;
  const std::string_view name = as_text(tag).substr(0, 4);
  if (name != "Xing" && name != "Info") return std::nullopt;
  constexpr unsigned kHasFrames = 1, kHasBytes = 2;
  const auto flags = std::to_integer<unsigned>(tag[7]);
  if ((flags & kHasBytes) == 0) return std::nullopt;
  return tag_at + tag.size() + ((flags & kHasFrames) != 0 ? 4 : 0);
}

/// Where the sound ends: before the ID3v1 tag, if there is one.
std::uint64_t end_of_sound(ByteSource& source) {
  constexpr std::uint64_t kId3v1Bytes = 128;
  if (source.size() < kId3v1Bytes) return source.size();
  std::array<std::byte, 3> tag{};
  source.read_at(source.size() - kId3v1Bytes, tag);
  return as_text(tag) == "TAG" ? source.size() - kId3v1Bytes : source.size();
}

/// libmpg123 prints to the terminal where that length is not the file's from this frame on: it is
/// shown the true one. The number of frames, which tells how much is lost, stays.
std::optional<Overlay> true_length(ByteSource& source, std::uint64_t frame_at) {
  const auto at = length_field_at(source, frame_at);
  if (!at) return std::nullopt;
  Overlay out;
  out.offset = *at;
  const std::uint64_t end = end_of_sound(source);
  const std::uint64_t length = std::min<std::uint64_t>(end - std::min(end, frame_at), 0xffffffff);
  for (std::size_t i = 0; i < 4; ++i) out.bytes[i] = static_cast<std::byte>(length >> (24 - 8 * i));
  return out;
}

}  // namespace

Probe probe_mp3(ByteSource& source, std::uint64_t offset) {
  const std::uint64_t limit = offset == 0 ? 0 : kMaxPaddingBytes;
  for (std::uint64_t skipped = 0; skipped <= limit; ++skipped) {
    const std::uint64_t at = offset + skipped;
    const std::uint64_t length = frame_bytes_at(source, at);
    if (length == 0) continue;
    // One frame may be chance; a second one right behind it is not.
    if (frame_bytes_at(source, at + length) != 0) {
      Probe out;
      out.kind = SoundKind::mp3;
      out.overlay = true_length(source, at);
      return out;
    }
  }
  throw_malformed(source,
                  "it begins like an MP3 file but holds no two MPEG layer III frames in a row");
}

}  // namespace partwise
