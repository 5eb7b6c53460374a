// Stretches of sound as small files in memory, for a page.
#include <algorithm>
#include <codecs/ogg_serial.hpp>
#include <codecs/sndfile_handle.hpp>
#include <formats/memory_sink.hpp>
#include <partwise/error.hpp>
#include <partwise/report_audio.hpp>

namespace partwise {
namespace {

constexpr double kMaxFlacRateHz = 655350;
constexpr double kOpusRateHz = 48000;
/// An encoder without a past needs five frames of 20 ms until its quality is what it will be.
constexpr double kSettleSeconds = 0.1;

struct LossyFormat {
  int format = 0;
  /// libsndfile takes a share in [0, 1] of the way from its most bits to its least, for each
  /// channel.
  double most_bits = 0, least_bits = 0;
};
constexpr LossyFormat kOpus{SF_FORMAT_OGG | SF_FORMAT_OPUS, 256e3, 6e3};
constexpr LossyFormat kMp3{SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 160e3, 16e3};

[[noreturn]] void throw_cannot_encode(::SNDFILE* file) {
  throw Error(ErrorCode::cannot_write, "cannot encode sound for the report: " + sndfile_text(file));
}

void write_interleaved(::SNDFILE* file, MatrixView<const float> samples) {
  constexpr Index kBlock = 4096;  // libsndfile 1.2 dies of long writes to Ogg
  std::vector<float> interleaved(static_cast<std::size_t>(kBlock * samples.cols));
  for (Index first = 0; first < samples.rows; first += kBlock) {
    const Index count = std::min(kBlock, samples.rows - first);
    for (Index c = 0; c < samples.cols; ++c) {
      const float* from = samples.column(c) + first;
      for (Index i = 0; i < count; ++i) interleaved[i * samples.cols + c] = from[i];
    }
    if (::sf_writef_float(file, interleaved.data(), count) != count) throw_cannot_encode(file);
  }
}

std::vector<std::byte> encode_lossy(const LossyFormat& lossy, MatrixView<const float> samples,
                                    double rate_hz, double bits) {
  MemorySink sink;
  VirtualOutput out(sink);
  ::SF_INFO info{};
  info.format = lossy.format;
  info.samplerate = static_cast<int>(rate_hz);
  info.channels = static_cast<int>(samples.cols);
  auto file = out.open(info);
  if (!file) throw_cannot_encode(nullptr);
  double level = (lossy.most_bits - bits / static_cast<double>(samples.cols)) /
                 (lossy.most_bits - lossy.least_bits);
  level = std::clamp(level, 0.0, 1.0);
  ::sf_command(file.get(), SFC_SET_COMPRESSION_LEVEL, &level, sizeof(level));
  ::sf_command(file.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
  write_interleaved(file.get(), samples);
  if (::sf_close(file.release()) != 0) throw_cannot_encode(nullptr);
  out.rethrow();
  return sink.take();
}

std::vector<std::byte> encode_flac(MatrixView<const float> samples, double rate_hz, double) {
  MemorySink sink;
  const auto encoder = flac_container().make_encoder(
      sink, {rate_hz, samples.cols, samples.rows, SampleFormat::pcm16});
  encoder->write(samples);
  encoder->finish();
  return sink.take();
}

SegmentCodec flac_segments() {
  SegmentCodec codec;
  codec.name = "flac";
  codec.media_type = "audio/flac";
  codec.lossless = codec.on_grid = true;
  codec.most_rate_hz = kMaxFlacRateHz;
  codec.encode = encode_flac;
  return codec;
}

SegmentCodec opus_segments() {
  SegmentCodec codec;
  codec.name = "opus";
  codec.media_type = "audio/ogg";
  codec.rates_hz = {kOpusRateHz};
  codec.lead_seconds = kSettleSeconds;
  codec.least_bits = 16e3;  // below, music is no longer what it was
  codec.most_bits = 96e3;   // above, nobody hears a difference
  codec.encode = [](MatrixView<const float> samples, double rate_hz, double bits) {
    auto bytes = encode_lossy(kOpus, samples, rate_hz, bits);
    settle_ogg_serial(bytes);
    return bytes;
  };
  return codec;
}

SegmentCodec mp3_segments() {
  SegmentCodec codec;
  codec.name = "mp3";
  codec.media_type = "audio/mpeg";
  codec.rates_hz = {16000, 22050, 24000, 32000, 44100, 48000};
  codec.lead_seconds = kSettleSeconds;
  codec.least_bits = 32e3;
  codec.most_bits = 128e3;
  codec.encode = [](MatrixView<const float> samples, double rate_hz, double bits) {
    return encode_lossy(kMp3, samples, rate_hz, bits);
  };
  return codec;
}

}  // namespace

ReportCodecs report_codecs() {
  return {{flac_segments(), opus_segments(), mp3_segments()},
          resample,
          [](ByteSource& source, const DecodeRange& range, const RunControl& control) {
            return decode_audio(source, range, control);
          }};
}

}  // namespace partwise
