#include <formats/memory_sink.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <string>
#include <writers/segment_codecs.hpp>

namespace partwise {
namespace {

std::vector<std::byte> encode_wav(MatrixView<const float> samples, double rate_hz,
                                  SampleFormat format) {
  MemorySink sink;
  const auto encoder =
      wav_container().make_encoder(sink, {rate_hz, samples.cols, samples.rows, format});
  encoder->write(samples);
  encoder->finish();
  return sink.take();
}

/// Floats as they are, or the grid of 16 bits.
SegmentCodec wav_segments(SampleFormat format) {
  constexpr double kMaxRateHz = 1e6;
  SegmentCodec codec;
  codec.name = "wav";
  codec.media_type = "audio/wav";
  codec.on_grid = format == SampleFormat::pcm16;
  codec.lossless = !codec.on_grid;
  codec.most_rate_hz = kMaxRateHz;
  codec.encode = [format](MatrixView<const float> samples, double rate_hz, double) {
    return encode_wav(samples, rate_hz, format);
  };
  return codec;
}

}  // namespace

SegmentCodecs::SegmentCodecs(const ReportCodecs& codecs)
    : codecs_(codecs),
      wav_(wav_segments(SampleFormat::float32)),
      wav16_(wav_segments(SampleFormat::pcm16)) {}

const SegmentCodec* SegmentCodecs::find(std::string_view name) const {
  if (name == "wav") return &wav_;
  for (const auto& codec : codecs_.segments) {
    if (codec.name == name) return &codec;
  }
  return nullptr;
}

const SegmentCodec& SegmentCodecs::lossless() const {
  const SegmentCodec* flac = find("flac");
  return flac != nullptr ? *flac : wav_;
}

const SegmentCodec& SegmentCodecs::named(ReportAudioCodec wanted) const {
  const std::string_view name = enum_word(wanted);
  const SegmentCodec* codec = find(name);
  if (codec == nullptr) {
    throw bad_argument("report_audio", name, "wav or none: this build has no codecs");
  }
  return *codec;
}

}  // namespace partwise
