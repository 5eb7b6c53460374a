#include <algorithm>
#include <array>
#include <cstring>
#include <formats/decode_checks.hpp>
#include <formats/little_endian.hpp>
#include <formats/text.hpp>
#include <formats/wav_header.hpp>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <string>
#include <string_view>

namespace partwise {
namespace {

constexpr std::uint64_t kRiffHeaderBytes = 12;
constexpr std::uint64_t kChunkHeaderBytes = 8;
constexpr std::uint32_t kUnknownSize = 0xffffffff;  // "streamed", and in RF64 "see ds64"
constexpr std::size_t kPlainFormatBytes = 16;
constexpr std::size_t kExtensibleFormatBytes = 40;
constexpr std::size_t kDs64Bytes = 16;  // RIFF size, data size
// A WAV has a dozen chunks; a file made of empty ones would keep us busy for hours.
constexpr int kMaxChunks = 4096;

// Bytes 2..15 of every subformat GUID that stands for a plain format tag.
constexpr std::array<unsigned char, 14> kGuidTail = {0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80,
                                                     0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71};

[[noreturn]] void throw_malformed(const ByteSource& source, const std::string& what) {
  throw Error(ErrorCode::malformed, source.name() + ": " + what);
}

struct Chunk {
  std::array<char, 4> id{};
  std::uint32_t size = 0;

  [[nodiscard]] bool is(std::string_view name) const {
    return std::string_view(id.data(), id.size()) == name;
  }
  [[nodiscard]] bool printable() const {
    return std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  }
  /// With the byte that pads odd sizes.
  [[nodiscard]] std::uint64_t padded_size() const { return std::uint64_t{size} + (size & 1U); }
};

class ChunkReader {
 public:
  ChunkReader(ByteSource& source, bool big_endian) : source_(source), big_endian_(big_endian) {}

  template <class T>
  [[nodiscard]] T load(const std::byte* p) const {
    return big_endian_ ? load_be<T>(p) : load_le<T>(p);
  }

  /// The header of a chunk, or nothing where the file ends.
  [[nodiscard]] std::optional<Chunk> chunk_at(std::uint64_t offset) {
    std::array<std::byte, kChunkHeaderBytes> bytes;
    if (source_.read_at(offset, bytes) != bytes.size()) return std::nullopt;
    Chunk chunk;
    std::memcpy(chunk.id.data(), bytes.data(), chunk.id.size());
    chunk.size = load<std::uint32_t>(bytes.data() + 4);
    return chunk;
  }

  /// Up to out.size() bytes of the body, never beyond the chunk. Returns how many.
  std::size_t body(std::uint64_t offset, const Chunk& chunk, std::span<std::byte> out) {
    const auto wanted = std::min<std::uint64_t>(out.size(), chunk.size);
    return source_.read_at(offset + kChunkHeaderBytes, out.first(wanted));
  }

  /// True if whole chunks with readable names fill the file from `offset` to its end.
  [[nodiscard]] bool chunks_fill_the_rest(std::uint64_t offset) {
    for (int i = 0; i < kMaxChunks && offset < source_.size(); ++i) {
      const auto chunk = chunk_at(offset);
      if (!chunk || !chunk->printable()) return false;
      const std::uint64_t room = source_.size() - offset - kChunkHeaderBytes;
      if (chunk->size > room) return false;
      offset += kChunkHeaderBytes + std::min(chunk->padded_size(), room);
    }
    return offset >= source_.size();
  }

 private:
  ByteSource& source_;
  bool big_endian_;
};

WavFormat read_format(ByteSource& source, ChunkReader& reader, std::uint64_t offset,
                      const Chunk& chunk) {
  std::array<std::byte, kExtensibleFormatBytes> bytes{};
  const std::size_t got = reader.body(offset, chunk, bytes);
  if (got < kPlainFormatBytes) {
    throw_malformed(source, "its fmt chunk has " + std::to_string(got) +
                                " bytes, expected at least " + std::to_string(kPlainFormatBytes));
  }
  WavFormat format;
  format.tag = reader.load<std::uint16_t>(bytes.data());
  format.num_channels = reader.load<std::uint16_t>(bytes.data() + 2);
  format.sample_rate_hz = reader.load<std::uint32_t>(bytes.data() + 4);
  format.block_align = reader.load<std::uint16_t>(bytes.data() + 12);
  format.bits_per_sample = reader.load<std::uint16_t>(bytes.data() + 14);
  if (format.tag != wav_tag::kExtensible) return format;
  if (got < kExtensibleFormatBytes) {
    throw_malformed(source, "its extensible fmt chunk has " + std::to_string(got) +
                                " bytes, expected " + std::to_string(kExtensibleFormatBytes));
  }
  const auto valid_bits = reader.load<std::uint16_t>(bytes.data() + 18);
  if (valid_bits > format.bits_per_sample) {
    throw_malformed(source, "valid bits = " + std::to_string(valid_bits) + ", expected 1.." +
                                std::to_string(format.bits_per_sample) + " (bits per sample)");
  }
  if (std::memcmp(bytes.data() + 26, kGuidTail.data(), kGuidTail.size()) != 0) {
    throw_malformed(source, "its sample format is not supported (subformat " +
                                quoted(std::span(bytes).subspan(24, 16)) +
                                "); expected PCM or float");
  }
  format.tag = reader.load<std::uint16_t>(bytes.data() + 24);
  return format;
}

/// How many bytes of sound the header promises; nothing where it leaves that open.
std::optional<std::uint64_t> promised_bytes(const Chunk& data,
                                            std::optional<std::uint64_t> ds64_data_bytes) {
  if (data.size != kUnknownSize) return data.size;
  constexpr std::uint64_t kUnknown64 = ~std::uint64_t{0};
  if (ds64_data_bytes && *ds64_data_bytes != 0 && *ds64_data_bytes != kUnknown64) {
    return ds64_data_bytes;
  }
  return std::nullopt;
}

void place_data(ByteSource& source, ChunkReader& reader, WavChunks& out, const Chunk& data,
                std::optional<std::uint64_t> ds64_data_bytes) {
  const std::uint64_t there = source.size() - out.data_offset;
  auto promised = promised_bytes(data, ds64_data_bytes);
  // A program that writes into a pipe leaves 0; but a WAV without sound may have chunks behind.
  if (promised == 0U && !reader.chunks_fill_the_rest(out.data_offset)) promised.reset();
  out.data_bytes = promised ? std::min(*promised, there) : there;
  out.data_bytes_lost = promised ? *promised - out.data_bytes : 0;
}

/// The time reference of a bext chunk (EBU Tech 3285); nothing where it is none that can be counted
/// with: a field that is wrong is no reason to refuse a sound.
std::optional<std::uint64_t> read_time_reference(ChunkReader& reader, std::uint64_t offset,
                                                 const Chunk& chunk) {
  constexpr std::size_t kReferenceAt = 338, kReferenceBytes = 8;
  constexpr std::uint64_t kMost = std::uint64_t{1} << 52;  // exact in a double; 140 years at 1 MHz
  std::array<std::byte, kReferenceAt + kReferenceBytes> bytes{};
  if (reader.body(offset, chunk, bytes) != bytes.size()) return std::nullopt;
  // Two words, the low one first, whatever the order of bytes in a word.
  const std::uint64_t low = reader.load<std::uint32_t>(bytes.data() + kReferenceAt);
  const std::uint64_t high = reader.load<std::uint32_t>(bytes.data() + kReferenceAt + 4);
  const std::uint64_t reference = (high << 32) | low;
  if (reference > kMost) return std::nullopt;
  return reference;
}

WavEncoding encoding_of(const ByteSource& source, const WavFormat& format) {
  const int bits = format.bits_per_sample;
  if (format.tag == wav_tag::kPcm) {
    switch (bits) {
      case 8:
        return WavEncoding::pcm_u8;
      case 16:
        return WavEncoding::pcm16;
      case 24:
        return WavEncoding::pcm24;
      case 32:
        return WavEncoding::pcm32;
      default:
        throw_malformed(source,
                        "bits per sample = " + std::to_string(bits) + ", expected 8, 16, 24 or 32");
    }
  }
  if (format.tag == wav_tag::kFloat) {
    if (bits == 32) return WavEncoding::float32;
    if (bits == 64) return WavEncoding::float64;
    throw_malformed(source,
                    "bits per sample = " + std::to_string(bits) + " of a float, expected 32 or 64");
  }
  throw_malformed(source, "WAV format tag " + std::to_string(format.tag) +
                              " is not supported; expected 1 (PCM) or 3 (float)");
}

}  // namespace

bool is_wav(ByteSource& source) {
  std::array<std::byte, kRiffHeaderBytes> head;
  if (source.read_at(0, head) != head.size()) return false;
  const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
  const std::string_view id = text.substr(0, 4);
  return text.substr(8, 4) == "WAVE" &&
         (id == "RIFF" || id == "RIFX" || id == "RF64" || id == "BW64");
}

WavChunks find_wav_chunks(ByteSource& source) {
  if (!is_wav(source)) throw_malformed(source, "it does not begin as a WAV file");
  std::array<std::byte, 4> id;
  source.read_at(0, id);
  WavChunks out;
  out.big_endian = std::to_integer<char>(id[3]) == 'X';
  const bool may_have_ds64 = std::to_integer<char>(id[2]) == '6';
  ChunkReader reader(source, out.big_endian);

  std::optional<WavFormat> format;
  std::optional<std::uint64_t> ds64_data_bytes;
  std::uint64_t offset = kRiffHeaderBytes;
  for (int i = 0; i < kMaxChunks; ++i) {
    const auto chunk = reader.chunk_at(offset);
    if (!chunk) break;
    if (chunk->is("data")) {
      if (!format) throw_malformed(source, "it has no fmt chunk before its data");
      out.format = *format;
      out.data_offset = offset + kChunkHeaderBytes;
      place_data(source, reader, out, *chunk, ds64_data_bytes);
      return out;
    }
    if (chunk->is("fmt ")) {
      if (format) throw_malformed(source, "it has two fmt chunks, expected one");
      format = read_format(source, reader, offset, *chunk);
    } else if (chunk->is("bext")) {
      out.time_reference = read_time_reference(reader, offset, *chunk);
    } else if (may_have_ds64 && chunk->is("ds64")) {
      std::array<std::byte, kDs64Bytes> ds64{};
      if (reader.body(offset, *chunk, ds64) == ds64.size()) {
        ds64_data_bytes = reader.load<std::uint64_t>(ds64.data() + 8);
      }
    }
    offset += kChunkHeaderBytes + chunk->padded_size();
  }
  throw_malformed(source, "it ends before its data chunk");
}

WavLayout read_wav_layout(const ByteSource& source, const WavChunks& chunks) {
  const WavFormat& format = chunks.format;
  WavLayout out;
  out.encoding = encoding_of(source, format);
  out.big_endian = chunks.big_endian;
  check_channels_and_rate(source.name(), format.num_channels, format.sample_rate_hz);
  out.num_channels = format.num_channels;
  out.sample_rate_hz = format.sample_rate_hz;
  out.bytes_per_sample = format.bits_per_sample / 8;
  const Index frame_bytes = out.num_channels * out.bytes_per_sample;
  if (format.block_align != frame_bytes) {
    throw_malformed(source, "block align = " + std::to_string(format.block_align) + ", expected " +
                                std::to_string(frame_bytes) + " (channels x bytes per sample)");
  }
  out.data_offset = chunks.data_offset;
  const auto frame = static_cast<std::uint64_t>(frame_bytes);
  out.num_samples = static_cast<Index>(chunks.data_bytes / frame);
  const std::uint64_t left_over = chunks.data_bytes % frame;
  // A lying header may promise more than an Index counts.
  constexpr std::uint64_t kMost = std::uint64_t{1} << 62;
  out.samples_lost =
      static_cast<Index>(std::min(kMost, (chunks.data_bytes_lost + left_over) / frame));
  if (out.num_samples == 0) throw_malformed(source, "it holds no sound (0 samples)");
  return out;
}

}  // namespace partwise
