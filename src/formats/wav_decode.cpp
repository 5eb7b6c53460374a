#include <algorithm>
#include <formats/decode_checks.hpp>
#include <formats/sample_convert.hpp>
#include <formats/wav_header.hpp>
#include <formats/wav_stream.hpp>
#include <formats/wav_tags.hpp>
#include <functional>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <vector>

namespace partwise {
namespace {

std::string format_name(WavEncoding encoding) {
  switch (encoding) {
    case WavEncoding::pcm_u8:
      return "WAV 8 bit";
    case WavEncoding::pcm16:
      return "WAV 16 bit";
    case WavEncoding::pcm24:
      return "WAV 24 bit";
    case WavEncoding::pcm32:
      return "WAV 32 bit";
    case WavEncoding::float32:
      return "WAV 32 bit float";
    case WavEncoding::float64:
      return "WAV 64 bit float";
  }
  return "WAV";
}

bool holds_floats(WavEncoding encoding) {
  return encoding == WavEncoding::float32 || encoding == WavEncoding::float64;
}

/// The part of the file that was asked for, [first, first + count) of its samples.
SampleRange clip_range(const std::string& name, const WavLayout& layout, const DecodeRange& range) {
  SampleRange wanted = to_sample_range(range, layout.sample_rate_hz);
  if (wanted.first >= layout.num_samples) {
    throw_offset_beyond_end(name, range.offset_s,
                            static_cast<double>(layout.num_samples) / layout.sample_rate_hz);
  }
  wanted.count = std::min(wanted.count, layout.num_samples - wanted.first);
  return wanted;
}

/// Rows [first, first + count).
MatrixView<float> rows_of(Matrix<float>& matrix, Index first, Index count) {
  return {matrix.data() + first, count, matrix.cols(), matrix.stride()};
}

/// Where samples [done, done + count) of a range go.
using RoomFor = std::function<MatrixView<float>(Index done, Index count)>;

/// Decodes a range, block by block, into the room there is for each; `on_block` may be empty. True
/// if exact in float.
bool decode_blocks(ByteSource& source, const WavLayout& layout, SampleRange range,
                   const RunControl& control, const RoomFor& room, const BlockCallback& on_block) {
  const Index frame_bytes = layout.num_channels * layout.bytes_per_sample;
  std::vector<std::byte> bytes(
      static_cast<std::size_t>(std::min(kBlockSamples, range.count) * frame_bytes));
  NonFiniteCount non_finite;
  bool exact = true;
  for (Index done = 0; done < range.count;) {
    control.check_stop();
    const Index count = std::min(kBlockSamples, range.count - done);
    const auto block = std::span(bytes).first(static_cast<std::size_t>(count * frame_bytes));
    const auto at =
        layout.data_offset + static_cast<std::uint64_t>((range.first + done) * frame_bytes);
    if (source.read_at(at, block) != block.size()) {
      throw Error(ErrorCode::cannot_read,
                  "cannot read " + source.name() + ": it became shorter while it was read");
    }
    if (layout.big_endian) swap_sample_bytes(block, layout.bytes_per_sample);
    const MatrixView<float> out = room(done, count);
    exact &= decode_samples(layout.encoding, block, out);
    if (holds_floats(layout.encoding)) {
      for (Index c = 0; c < out.cols; ++c) non_finite.add(out.column_span(c), range.first + done);
    }
    if (on_block) on_block({out, layout.sample_rate_hz});
    done += count;
  }
  non_finite.check(source.name(), layout.sample_rate_hz);
  return exact;
}

int bits_of(WavEncoding encoding) {
  constexpr int kByteBits = 8;
  switch (encoding) {
    case WavEncoding::pcm_u8:
      return kByteBits;
    case WavEncoding::pcm16:
      return 2 * kByteBits;
    case WavEncoding::pcm24:
      return 3 * kByteBits;
    case WavEncoding::pcm32:
    case WavEncoding::float32:
      return 4 * kByteBits;
    case WavEncoding::float64:
      return 8 * kByteBits;
  }
  return 0;
}

AudioInfo info_of(ByteSource& source, const WavChunks& chunks, const WavLayout& layout,
                  Index num_samples) {
  AudioInfo info;
  info.format = format_name(layout.encoding);
  info.sample_rate_hz = layout.sample_rate_hz;
  info.num_channels = layout.num_channels;
  info.num_samples = num_samples;
  info.bits = bits_of(layout.encoding);
  info.tags = read_wav_tags(source, chunks);
  info.time_reference = chunks.time_reference;
  if (layout.samples_lost > 0) {
    info.warnings.push_back(truncation_warning(layout.samples_lost, layout.sample_rate_hz));
  }
  return info;
}

}  // namespace

DecodedAudio decode_wav(ByteSource& source, const DecodeRange& range, const RunControl& control,
                        const DecodeRules& rules) {
  const WavChunks chunks = find_wav_chunks(source);
  const WavLayout layout = read_wav_layout(source, chunks);
  const SampleRange wanted = clip_range(source.name(), layout, range);
  SoundBudget(source.name(), rules, layout.sample_rate_hz, layout.num_channels).check(wanted.count);
  DecodedAudio out;
  out.signal.sample_rate_hz = layout.sample_rate_hz;
  // Bounded by the bytes that are there: read_wav_layout counts no others.
  out.signal.samples = Matrix<float>(wanted.count, layout.num_channels);
  const auto room = [&](Index done, Index count) {
    return rows_of(out.signal.samples, done, count);
  };
  const bool exact = decode_blocks(source, layout, wanted, control, room, {});
  out.info = info_of(source, chunks, layout, wanted.count);
  out.info.exact_in_float = exact;
  check_damage(source.name(), rules, out.info);
  return out;
}

AudioInfo stream_wav(ByteSource& source, const RunControl& control, const DecodeRules& rules,
                     const BlockCallback& on_block) {
  const WavChunks chunks = find_wav_chunks(source);
  const WavLayout layout = read_wav_layout(source, chunks);
  const SampleRange all = clip_range(source.name(), layout, {});
  SoundBudget(source.name(), rules, layout.sample_rate_hz, layout.num_channels).check(all.count);
  Matrix<float> block(std::min(kBlockSamples, all.count), layout.num_channels);
  const auto room = [&](Index, Index count) { return rows_of(block, 0, count); };
  const bool exact = decode_blocks(source, layout, all, control, room, on_block);
  AudioInfo info = info_of(source, chunks, layout, all.count);
  info.exact_in_float = exact;
  check_damage(source.name(), rules, info);
  return info;
}

}  // namespace partwise
