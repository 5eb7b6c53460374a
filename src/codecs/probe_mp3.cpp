#include <algorithm>
#include <array>
#include <codecs/probe.hpp>

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

}  // namespace

Probe probe_mp3(ByteSource& source, std::uint64_t offset) {
  const std::uint64_t limit = offset == 0 ? 0 : kMaxPaddingBytes;
  for (std::uint64_t skipped = 0; skipped <= limit; ++skipped) {
    const std::uint64_t at = offset + skipped;
    const std::uint64_t length = frame_bytes_at(source, at);
    if (length == 0) continue;
    // One frame may be chance; a second one right behind it is not. A file may hold just one.
    if (at + length >= source.size() || frame_bytes_at(source, at + length) != 0) {
      Probe out;
      out.kind = SoundKind::mp3;
      return out;
    }
  }
  throw_malformed(source, "it begins like an MP3 file but holds no MPEG layer III frames");
}

}  // namespace partwise
