#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <codecs/probe.hpp>
#include <cstdint>
#include <formats/decode_checks.hpp>
#include <formats/little_endian.hpp>
#include <formats/text.hpp>
#include <formats/wav_header.hpp>

namespace partwise {
namespace {

// A dozen chunks are usual; a file made of empty ones would keep us busy for hours.
constexpr int kMaxChunks = 4096;

/// Counts above this are lies; sums of two still fit an Index.
constexpr std::uint64_t kMostSamples = std::uint64_t{1} << 62;

Index to_index(std::uint64_t value) { return static_cast<Index>(std::min(value, kMostSamples)); }

/// An 80-bit extended number, as AIFF holds its rate (IEEE 754, Motorola 68881).
double load_extended(const std::byte* p) {
  constexpr int kBias = 16383, kMantissaBits = 63;
  const unsigned head = load_be<std::uint16_t>(p);
  const double mantissa = static_cast<double>(load_be<std::uint64_t>(p + 2));
  const double magnitude =
      std::ldexp(mantissa, static_cast<int>(head & 0x7fff) - kBias - kMantissaBits);
  return (head & 0x8000) != 0 ? -magnitude : magnitude;
}

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> allowed) {
  return std::find(allowed.begin(), allowed.end(), code) != allowed.end();
}

void check_bits(const ByteSource& source, unsigned bits, unsigned least, unsigned most) {
  if (bits >= least && bits <= most) return;
  throw_malformed(source, "bits per sample = " + std::to_string(bits) + ", expected " +
                              std::to_string(least) + ".." + std::to_string(most));
}

}  // namespace

// RFC 9639, section 8.2.
Probe probe_flac(ByteSource& source, std::uint64_t offset) {
  constexpr std::size_t kHeaderBytes = 8, kStreamInfoBytes = 34;
  std::array<std::byte, kHeaderBytes + kStreamInfoBytes> bytes;
  read_header(source, offset, bytes);
  constexpr auto kTypeMask = std::byte{0x7f};
  if ((bytes[4] & kTypeMask) != std::byte{0} ||
      (load_be<std::uint32_t>(bytes.data() + 4) & 0xffffff) != kStreamInfoBytes) {
    throw_malformed(source, "its FLAC header does not begin with the stream's facts");
  }
  // 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits samples.
  const auto packed = load_be<std::uint64_t>(bytes.data() + kHeaderBytes + 10);
  check_channels_and_rate(source.name(), static_cast<double>(((packed >> 41) & 7) + 1),
                          static_cast<double>(packed >> 44));
  FlacFacts facts;
  facts.bits = static_cast<unsigned>((packed >> 36) & 31) + 1;
  check_bits(source, facts.bits, 4, 24);
  std::copy_n(bytes.data() + kHeaderBytes + 18, facts.md5.size(), facts.md5.data());
  const std::uint64_t samples = packed & 0xfffffffff;
  Probe out;
  out.kind = SoundKind::flac;
  if (samples != 0) out.promised_samples = to_index(samples);  // 0: unknown
  if (facts.md5 != FlacFacts{}.md5) out.flac = facts;          // zeros: unknown
  return out;
}

// Apple, Audio Interchange File Format 1.3 and AIFF-C.
Probe probe_aiff(ByteSource& source) {
  std::array<std::byte, 12> form;
  read_header(source, 0, form);
  const bool compressed = as_text(form).substr(8) == "AIFC";
  std::uint64_t offset = form.size();
  for (int i = 0; i < kMaxChunks; ++i) {
    std::array<std::byte, 8> chunk;
    if (source.read_at(offset, chunk) != chunk.size()) break;
    const std::uint64_t size = load_be<std::uint32_t>(chunk.data() + 4);
    if (as_text(chunk).starts_with("COMM")) {
      std::array<std::byte, 22> common{};
      read_header(source, offset + chunk.size(), std::span(common).first(compressed ? 22 : 18));
      check_channels_and_rate(source.name(), load_be<std::uint16_t>(common.data()),
                              load_extended(common.data() + 8));
      check_bits(source, load_be<std::uint16_t>(common.data() + 6), 1, 64);
      const std::string_view code = as_text(common).substr(18, 4);
      if (compressed &&
          !is_one_of(code, {"NONE", "twos", "sowt", "raw ", "in24", "in32", "fl32", "FL32", "fl64",
                            "FL64", "ulaw", "ULAW", "alaw", "ALAW"})) {
        throw_malformed(source, "its AIFF-C compression " + quoted(code) +
                                    " is not supported; expected PCM or float");
      }
      Probe out;
      out.kind = SoundKind::aiff;
      out.promised_samples = load_be<std::uint32_t>(common.data() + 2);
      if (*out.promised_samples == 0) throw_malformed(source, "it holds no sound (0 samples)");
      return out;
    }
    offset += chunk.size() + size + (size & 1);
  }
  throw_malformed(source, "it is an AIFF file without its COMM chunk");
}

namespace {

/// PCM or float, said directly or by the subformat of an extensible format.
void check_w64_tag(ByteSource& source, std::uint64_t format_at, std::uint16_t tag) {
  constexpr std::uint64_t kSubformatAt = 24;
  if (tag == wav_tag::kExtensible) {
    std::array<std::byte, 2> subformat;
    read_header(source, format_at + kSubformatAt, subformat);
    tag = load_le<std::uint16_t>(subformat.data());
  }
  if (tag == wav_tag::kPcm || tag == wav_tag::kFloat) return;
  throw_malformed(source, "W64 format tag " + std::to_string(tag) +
                              " is not supported; expected 1 (PCM) or 3 (float)");
}

}  // namespace

// Sony, Wave64: chunks with GUIDs, 64-bit sizes that count their own header, padded to 8 bytes.
Probe probe_w64(ByteSource& source) {
  constexpr std::size_t kFileHeaderBytes = 40, kChunkHeaderBytes = 24;
  unsigned frame_bytes = 0;
  std::uint64_t offset = kFileHeaderBytes;
  for (int i = 0; i < kMaxChunks; ++i) {
    std::array<std::byte, kChunkHeaderBytes> chunk;
    if (offset > source.size() || source.read_at(offset, chunk) != chunk.size()) break;
    const auto size = load_le<std::uint64_t>(chunk.data() + 16);
    if (size < kChunkHeaderBytes) break;
    if (as_text(chunk).starts_with("fmt ")) {
      std::array<std::byte, 16> format;
      read_header(source, offset + kChunkHeaderBytes, format);
      check_w64_tag(source, offset + kChunkHeaderBytes, load_le<std::uint16_t>(format.data()));
      check_channels_and_rate(source.name(), load_le<std::uint16_t>(format.data() + 2),
                              load_le<std::uint32_t>(format.data() + 4));
      frame_bytes = load_le<std::uint16_t>(format.data() + 12);
      check_bits(source, load_le<std::uint16_t>(format.data() + 14), 8, 64);
    }
    if (as_text(chunk).starts_with("data")) {
      if (frame_bytes == 0) break;
      Probe out;
      out.kind = SoundKind::w64;
      out.promised_samples = to_index((size - kChunkHeaderBytes) / frame_bytes);
      if (*out.promised_samples == 0) throw_malformed(source, "it holds no sound (0 samples)");
      return out;
    }
    if (size > source.size()) break;
    constexpr std::uint64_t kPadding = 7;
    offset += (size + kPadding) & ~kPadding;
  }
  throw_malformed(source, "it is a W64 file without sound format and data");
}

namespace {

/// ALAC's configuration as QuickTime wraps it, which libsndfile does not unwrap (Apple,
/// ALACMagicCookieDescription).
bool has_wrapped_cookie(ByteSource& source, std::uint64_t cookie_at) {
  std::array<std::byte, 8> head{};
  source.read_at(cookie_at, head);
  return as_text(head).substr(4) == "frma";
}

}  // namespace

// Apple, Core Audio Format Specification 1.0; 'desc' is always the first chunk.
Probe probe_caf(ByteSource& source) {
  constexpr std::size_t kFileHeaderBytes = 8, kChunkHeaderBytes = 12, kDescBytes = 32;
  std::array<std::byte, kFileHeaderBytes + kChunkHeaderBytes + kDescBytes> bytes;
  read_header(source, 0, bytes);
  const std::byte* desc = bytes.data() + kFileHeaderBytes + kChunkHeaderBytes;
  if (as_text(bytes).substr(kFileHeaderBytes, 4) != "desc") {
    throw_malformed(source, "it is a CAF file that does not begin with its 'desc' chunk");
  }
  const std::string_view code = as_text(bytes).substr(kFileHeaderBytes + kChunkHeaderBytes + 8, 4);
  if (is_one_of(code, {"aac ", "aach", "aacp"}))
    return foreign_probe({"CAF AAC", "AAC in a CAF file", "caf"});
  if (!is_one_of(code, {"lpcm", "ulaw", "alaw", "alac"})) {
    throw_malformed(source, "its CAF format " + quoted(code) +
                                " is not supported; expected lpcm, ulaw, alaw or alac");
  }
  check_channels_and_rate(source.name(), load_be<std::uint32_t>(desc + 24),
                          std::bit_cast<double>(load_be<std::uint64_t>(desc)));
  Probe out;
  out.kind = SoundKind::caf;
  const std::uint64_t frame_bytes = load_be<std::uint32_t>(desc + 16);
  std::uint64_t offset = kFileHeaderBytes + kChunkHeaderBytes + kDescBytes;
  for (int i = 0; i < kMaxChunks; ++i) {
    std::array<std::byte, kChunkHeaderBytes> chunk;
    if (offset > source.size() || source.read_at(offset, chunk) != chunk.size()) break;
    const auto size = load_be<std::uint64_t>(chunk.data() + 4);
    if (as_text(chunk).starts_with("kuki") && code == "alac" &&
        has_wrapped_cookie(source, offset + kChunkHeaderBytes)) {
      return foreign_probe({"CAF ALAC", "ALAC in a CAF file, in its older form", "caf"});
    }
    if (as_text(chunk).starts_with("data")) {
      constexpr std::uint64_t kToTheEnd = ~std::uint64_t{0}, kEditCountBytes = 4;
      if (size != kToTheEnd && size >= kEditCountBytes && frame_bytes > 0) {
        out.promised_samples = to_index((size - kEditCountBytes) / frame_bytes);
      }
      return out;
    }
    if (size > source.size()) break;
    offset += kChunkHeaderBytes + size;
  }
  throw_malformed(source, "it is a CAF file without its 'data' chunk");
}

// Sun, the header of .au files: magic, offset, size, encoding, rate, channels.
Probe probe_au(ByteSource& source) {
  std::array<std::byte, 24> bytes;
  read_header(source, 0, bytes);
  const auto field = [&](std::size_t i) { return load_be<std::uint32_t>(bytes.data() + 4 * i); };
  const std::uint32_t data_at = field(1), size = field(2), encoding = field(3);
  // mu-law, 8, 16, 24, 32 bit, float, double; A-law.
  constexpr std::array<unsigned, 8> kBytes = {0, 1, 1, 2, 3, 4, 4, 8};
  constexpr std::uint32_t kALaw = 27, kUnknownSize = 0xffffffff;
  if ((encoding < 1 || encoding >= kBytes.size()) && encoding != kALaw) {
    throw_malformed(source, "AU encoding " + std::to_string(encoding) +
                                " is not supported; expected 1..7 or 27");
  }
  check_channels_and_rate(source.name(), field(5), field(4));
  if (data_at < bytes.size() || data_at >= source.size()) {
    throw_malformed(source, "it holds no sound (0 samples)");
  }
  Probe out;
  out.kind = SoundKind::au;
  const std::uint64_t sample_bytes = encoding == kALaw ? 1 : kBytes[encoding];
  // Programs that write into a pipe leave either.
  if (size != kUnknownSize && size != 0) {
    out.promised_samples = to_index(size / (sample_bytes * field(5)));
  }
  return out;
}

}  // namespace partwise
