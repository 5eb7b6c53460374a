#include <algorithm>
#include <files/decode_checks.hpp>
#include <files/sample_convert.hpp>
#include <files/wav_header.hpp>
#include <files/wav_tags.hpp>
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

/// Decodes into all of `samples`, from sample `first` of the file on. True if exact in float.
bool decode_blocks(ByteSource& source, const WavLayout& layout, Index first,
                   const RunControl& control, Matrix<float>& samples) {
  const Index frame_bytes = layout.num_channels * layout.bytes_per_sample;
  std::vector<std::byte> bytes(
      static_cast<std::size_t>(std::min(kBlockSamples, samples.rows()) * frame_bytes));
  NonFiniteCount non_finite;
  bool exact = true;
  for (Index done = 0; done < samples.rows();) {
    control.check_stop();
    const Index count = std::min(kBlockSamples, samples.rows() - done);
    const auto block = std::span(bytes).first(static_cast<std::size_t>(count * frame_bytes));
    const auto at = layout.data_offset + static_cast<std::uint64_t>((first + done) * frame_bytes);
    if (source.read_at(at, block) != block.size()) {
      throw Error(ErrorCode::cannot_read,
                  "cannot read " + source.name() + ": it became shorter while it was read");
    }
    if (layout.big_endian) swap_sample_bytes(block, layout.bytes_per_sample);
    const MatrixView<float> out = rows_of(samples, done, count);
    exact &= decode_samples(layout.encoding, block, out);
    if (holds_floats(layout.encoding)) {
      for (Index c = 0; c < out.cols; ++c) non_finite.add(out.column_span(c), first + done);
    }
    done += count;
  }
  non_finite.check(source.name(), layout.sample_rate_hz);
  return exact;
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
  out.info.exact_in_float =
      decode_blocks(source, layout, wanted.first, control, out.signal.samples);
  out.info.format = format_name(layout.encoding);
  out.info.sample_rate_hz = layout.sample_rate_hz;
  out.info.num_channels = layout.num_channels;
  out.info.num_samples = wanted.count;
  out.info.tags = read_wav_tags(source, chunks);
  out.info.time_reference = chunks.time_reference;
  if (layout.samples_lost > 0) {
    out.info.warnings.push_back(truncation_warning(layout.samples_lost, layout.sample_rate_hz));
  }
  check_damage(source.name(), rules, out.info);
  return out;
}

}  // namespace partwise
