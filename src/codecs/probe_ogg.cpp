#include <algorithm>
#include <array>
#include <codecs/probe.hpp>
#include <cstdint>
#include <formats/decode_checks.hpp>
#include <formats/little_endian.hpp>
#include <formats/text.hpp>

namespace partwise {
namespace {

// RFC 3533, section 6.
constexpr std::size_t kPageHeaderBytes = 27;
constexpr std::size_t kMaxPageBytes = kPageHeaderBytes + 255 + 255 * 255;
constexpr unsigned kFirstPage = 2, kLastPage = 4;
constexpr std::int64_t kNoGranule = -1;
constexpr std::size_t kCrcAt = 22;

constexpr std::array<std::uint32_t, 256> crc_table() {
  constexpr std::uint32_t kPolynomial = 0x04c11db7;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t r = i << 24;
    for (int bit = 0; bit < 8; ++bit) r = (r << 1) ^ ((r & 0x80000000U) != 0 ? kPolynomial : 0);
    table[i] = r;
  }
  return table;
}

/// The page's checksum; its own field counts as zero.
std::uint32_t page_crc(std::span<const std::byte> page) {
  static constexpr auto kTable = crc_table();
  std::uint32_t crc = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const bool own_field = i >= kCrcAt && i < kCrcAt + 4;
    const std::uint32_t byte = own_field ? 0 : std::to_integer<std::uint32_t>(page[i]);
    crc = (crc << 8) ^ kTable[(crc >> 24) ^ byte];
  }
  return crc;
}

struct Page {
  unsigned flags = 0;
  std::int64_t granule = 0;
  std::uint32_t serial = 0;
  bool sound = false;  ///< the checksum agrees
  std::size_t header_bytes = 0;
  std::span<const std::byte> bytes;

  [[nodiscard]] std::string_view body() const { return as_text(bytes.subspan(header_bytes)); }
};

/// The page at the front of `window`; bytes is empty if there is none that is whole.
Page read_page(std::span<const std::byte> window) {
  Page page;
  if (window.size() < kPageHeaderBytes || !as_text(window).starts_with("OggS")) return page;
  const auto segments = std::to_integer<std::size_t>(window[26]);
  page.header_bytes = kPageHeaderBytes + segments;
  if (window.size() < page.header_bytes) return page;
  std::size_t length = page.header_bytes;
  for (std::size_t i = 0; i < segments; ++i) {
    length += std::to_integer<std::size_t>(window[kPageHeaderBytes + i]);
  }
  if (window.size() < length) return page;
  page.flags = std::to_integer<unsigned>(window[5]);
  page.granule = load_le<std::int64_t>(window.data() + 6);
  page.serial = load_le<std::uint32_t>(window.data() + 14);
  page.bytes = window.first(length);
  page.sound = page_crc(page.bytes) == load_le<std::uint32_t>(window.data() + kCrcAt);
  return page;
}

/// Refuses codecs that nobody here decodes, and rates and channels out of range. Returns what
/// ffmpeg is to decode.
std::optional<ForeignFormat> check_first_packet(const ByteSource& source, const Page& page) {
  const std::string_view packet = page.body();
  const auto* bytes = page.bytes.data() + page.header_bytes;
  constexpr std::size_t kVorbisBytes = 30, kOpusBytes = 19;
  if (packet.starts_with("\x01vorbis") && packet.size() >= kVorbisBytes) {
    check_channels_and_rate(source.name(), std::to_integer<int>(bytes[11]),
                            load_le<std::uint32_t>(bytes + 12));
    return std::nullopt;
  }
  if (packet.starts_with("OpusHead") && packet.size() >= kOpusBytes) {
    constexpr double kOpusRateHz = 48000;  // whatever the source had
    check_channels_and_rate(source.name(), std::to_integer<int>(bytes[9]), kOpusRateHz);
    return std::nullopt;
  }
  // libsndfile 1.2.0 loses its way in the files of libFLAC 1.4 and of ffmpeg.
  if (packet.starts_with("\x7f"
                         "FLAC")) {
    return ForeignFormat{"Ogg FLAC", "a FLAC stream in an Ogg file", "ogg"};
  }
  if (packet.starts_with("Speex   ")) {
    return ForeignFormat{"Ogg Speex", "a Speex stream in an Ogg file", "ogg"};
  }
  throw_malformed(source, "it is an Ogg file, but its stream begins with " +
                              quoted(packet.substr(0, 8)) +
                              "; expected Vorbis, Opus, FLAC or Speex");
}

/// What was seen on the walk over all pages.
struct Walk {
  std::optional<ForeignFormat> foreign;
  std::uint32_t serial = 0;
  int streams = 0;
  bool ended = false;
  std::int64_t last_granule = 0;
  std::uint64_t damaged_bytes = 0;  ///< between sound pages

  void take(const ByteSource& source, const Page& page) {
    if ((page.flags & kFirstPage) != 0) {
      if (streams > 0 && !ended) {
        throw_malformed(source,
                        "it holds several streams at once (a film?), expected one of sound");
      }
      if (streams == 0) {
        foreign = check_first_packet(source, page);
        serial = page.serial;
      }
      ++streams;
    }
    if (page.serial != serial) return;
    if (page.granule != kNoGranule) last_granule = std::max(last_granule, page.granule);
    if ((page.flags & kLastPage) != 0) ended = true;
  }
};

Walk walk_pages(ByteSource& source, const RunControl& control) {
  Walk walk;
  std::uint64_t since_sound_page = 0;
  std::vector<std::byte> buffer(kMaxPageBytes);
  for (std::uint64_t at = 0; at < source.size();) {
    control.check_stop();
    const auto window = std::span<const std::byte>(buffer).first(source.read_at(at, buffer));
    const Page page = read_page(window);
    if (page.sound) {
      walk.take(source, page);
      walk.damaged_bytes += since_sound_page;
      since_sound_page = 0;
      at += page.bytes.size();
      continue;
    }
    // As libogg does: on to the next place that looks like a page. The last bytes of a window may
    // be the beginning of one.
    constexpr std::size_t kMagicTail = 3;
    const std::size_t next = as_text(window).find("OggS", 1);
    const std::size_t skipped = next != std::string_view::npos ? next
                                : window.size() > kMagicTail   ? window.size() - kMagicTail
                                                               : window.size();
    if (skipped == 0) break;  // a source that ends before its size
    since_sound_page += skipped;
    at += skipped;
  }
  return walk;
}

}  // namespace

Probe probe_ogg(ByteSource& source, const RunControl& control) {
  const Walk walk = walk_pages(source, control);
  if (walk.streams == 0) throw_malformed(source, "it holds no whole Ogg page");
  // libsndfile 1.2.0 divides by the number of samples.
  if (walk.last_granule <= 0)
    throw_malformed(source, "it holds no whole page of sound (0 samples)");
  Probe out;
  out.kind = walk.foreign ? SoundKind::foreign : SoundKind::ogg;
  out.foreign = walk.foreign;
  if (walk.damaged_bytes > 0) {
    out.warnings.push_back(std::to_string(walk.damaged_bytes) +
                           " bytes of the file are damaged; the sound in them is lost");
  }
  if (!walk.ended) {
    out.warnings.push_back("the file ends before its stream does; the rest of the sound is lost");
  }
  if (walk.streams > 1) {
    out.warnings.push_back("the file holds " + std::to_string(walk.streams) +
                           " recordings one after the other; only the first is sure to be read");
  }
  return out;
}

}  // namespace partwise
