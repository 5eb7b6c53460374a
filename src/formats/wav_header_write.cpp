#include <cstdint>
#include <formats/byte_writer.hpp>
#include <formats/sample_convert.hpp>
#include <formats/wav_about.hpp>
#include <formats/wav_header.hpp>
#include <formats/wav_header_write.hpp>

namespace partwise {
namespace {

constexpr std::uint64_t kLargest32 = 0xffffffff;
constexpr std::uint64_t kChunkHeaderBytes = 8;

// Bytes 2..15 of the subformat GUID that stands for a plain format tag.
constexpr std::string_view kGuidTail("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71",
                                     14);

std::uint64_t data_bytes(const EncodeSpec& spec) {
  return static_cast<std::uint64_t>(spec.num_samples) *
         static_cast<std::uint64_t>(spec.num_channels * bytes_per_sample(spec.sample_format));
}

/// Loudspeaker places: centre, left and right; none are claimed for more channels.
std::uint32_t channel_mask(Index num_channels) {
  constexpr std::uint32_t kLeftRight = 0x3, kCentre = 0x4;
  if (num_channels == 1) return kCentre;
  return num_channels == 2 ? kLeftRight : 0;
}

std::vector<std::byte> format_chunk(const EncodeSpec& spec) {
  const bool is_float = spec.sample_format == SampleFormat::float32;
  const bool extensible = spec.num_channels > 2 || spec.sample_format == SampleFormat::pcm24;
  const std::uint16_t tag = is_float ? wav_tag::kFloat : wav_tag::kPcm;
  const auto sample_bytes = static_cast<std::uint64_t>(bytes_per_sample(spec.sample_format));
  const auto frame_bytes = static_cast<std::uint64_t>(spec.num_channels) * sample_bytes;
  const auto rate = static_cast<std::uint64_t>(spec.sample_rate_hz);
  constexpr std::uint64_t kExtensionBytes = 22;

  ByteWriter body;
  body.u16(extensible ? wav_tag::kExtensible : tag);
  body.u16(static_cast<std::uint64_t>(spec.num_channels));
  body.u32(rate);
  body.u32(rate * frame_bytes);
  body.u16(frame_bytes);
  body.u16(sample_bytes * 8);
  if (extensible) {
    body.u16(kExtensionBytes);
    body.u16(sample_bytes * 8);
    body.u32(channel_mask(spec.num_channels));
    body.u16(tag);
    body.text(kGuidTail);
  } else if (is_float) {
    body.u16(0);  // no extension: every format but plain PCM says so
  }
  ByteWriter chunk;
  chunk.text("fmt ");
  chunk.u32(body.size());
  chunk.raw(body.bytes());
  return chunk.take();
}

}  // namespace

bool wav_needs_padding(const EncodeSpec& spec) { return data_bytes(spec) % 2 != 0; }

std::vector<std::byte> wav_header_bytes(const EncodeSpec& spec) {
  constexpr std::uint64_t kFactBytes = 4, kDs64Bytes = 28;
  const bool has_fact = spec.sample_format == SampleFormat::float32;
  const std::vector<std::byte> format = format_chunk(spec);
  const std::vector<std::byte> about = wav_about_chunks(spec);
  const std::uint64_t data = data_bytes(spec);
  const std::uint64_t padded_data = data + data % 2;
  const std::uint64_t plain_riff = 4 + format.size() +
                                   (has_fact ? kChunkHeaderBytes + kFactBytes : 0) + about.size() +
                                   kChunkHeaderBytes + padded_data;
  const bool rf64 = plain_riff > kLargest32;

  ByteWriter out;
  out.text(rf64 ? "RF64" : "RIFF");
  out.u32(rf64 ? kLargest32 : plain_riff);
  out.text("WAVE");
  if (rf64) {
    out.text("ds64");
    out.u32(kDs64Bytes);
    out.u64(plain_riff + kChunkHeaderBytes + kDs64Bytes);
    out.u64(data);
    out.u64(static_cast<std::uint64_t>(spec.num_samples));
    out.u32(0);  // no table of other long chunks
  }
  out.raw(format);
  if (has_fact) {
    out.text("fact");
    out.u32(kFactBytes);
    out.u32(rf64 ? kLargest32 : static_cast<std::uint64_t>(spec.num_samples));
  }
  out.raw(about);
  out.text("data");
  out.u32(rf64 ? kLargest32 : data);
  return out.take();
}

}  // namespace partwise
