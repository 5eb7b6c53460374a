#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <partwise/audio_file.hpp>
#include <random>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

using test::throws_error;

Matrix<float> grid_noise(Index rows, Index cols, double steps) {
  Matrix<float> out(rows, cols);
  std::mt19937 random(1);
  std::uniform_real_distribution<double> any(-steps, steps);
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r)
      out(r, c) = static_cast<float>(std::floor(any(random)) / steps);
  }
  return out;
}

test::Bytes encode(const Matrix<float>& samples, SampleFormat format) {
  test::MemorySink sink;
  const auto encoder =
      flac_container().make_encoder(sink, {48000, samples.cols(), samples.rows(), format});
  encoder->write(samples.view());
  encoder->finish();
  EXPECT_TRUE(sink.finished());
  return sink.bytes();
}

TEST(FlacEncode, WhatIsWrittenReadsBackToTheBit) {
  for (const Index channels : {1, 2, 8}) {
    for (const Index rows : {1, 4095, 4097, 30000}) {
      const Matrix<float> coarse = grid_noise(rows, channels, 32768);
      const Matrix<float> fine = grid_noise(rows, channels, 8388608);
      test::MemorySource in16(encode(coarse, SampleFormat::pcm16));
      test::MemorySource in24(encode(fine, SampleFormat::pcm24));
      const DecodedAudio back16 = decode_audio(in16, {}, RunControl{});
      const DecodedAudio back24 = decode_audio(in24, {}, RunControl{});
      EXPECT_TRUE(test::same_bits(back16.signal.samples, coarse));
      EXPECT_TRUE(test::same_bits(back24.signal.samples, fine));
      EXPECT_EQ(back24.info.format, "FLAC 24 bit");
      EXPECT_TRUE(back24.info.warnings.empty());
    }
  }
}

TEST(FlacEncode, TheSameSamplesGiveTheSameBytes) {
  const Matrix<float> samples = grid_noise(20000, 2, 32768);
  EXPECT_EQ(encode(samples, SampleFormat::pcm16), encode(samples, SampleFormat::pcm16));
}

TEST(FlacEncode, ValuesAtFullScaleAndBeyondAreClampedAndNeverWrap) {
  const float values[] = {1, 1.2F, 3e38F, -1, -1.2F, -3e38F, 0.25F};
  Matrix<float> samples(7, 1);
  std::copy(std::begin(values), std::end(values), samples.column(0));
  for (const auto& [format, top] : {std::pair{SampleFormat::pcm16, 32767.0F / 32768},
                                    {SampleFormat::pcm24, 8388607.0F / 8388608}}) {
    test::MemorySource in(encode(samples, format));
    const Matrix<float> back = decode_audio(in, {}, RunControl{}).signal.samples;
    for (Index i = 0; i < 3; ++i) EXPECT_EQ(back(i, 0), top) << values[i];
    for (Index i = 3; i < 6; ++i) EXPECT_EQ(back(i, 0), -1) << values[i];
    EXPECT_EQ(back(6, 0), 0.25F);
  }
}

TEST(FlacEncode, TagsReadBackAsVorbisComments) {
  test::MemorySink sink;
  EncodeSpec spec{48000, 1, 100, SampleFormat::pcm24};
  spec.tags = {
      .title = "Für Élise – 鼓", .artist = "B", .album = "Op. 59", .date = "1810", .comment = {}};
  const auto encoder = flac_container().make_encoder(sink, spec);
  encoder->write(Matrix<float>(100, 1).view());
  encoder->finish();
  test::MemorySource in(sink.bytes());
  EXPECT_EQ(decode_audio(in, {}, RunControl{}).info.tags, spec.tags);
  const std::string bytes(reinterpret_cast<const char*>(sink.bytes().data()), sink.bytes().size());
  EXPECT_NE(bytes.find("=Für Élise – 鼓"), std::string::npos);
}

TEST(FlacEncode, WhatFlacCannotHoldIsAUsageError) {
  test::MemorySink sink;
  const auto refused = [&](const EncodeSpec& spec, const std::string& words) {
    return throws_error([&] { (void)flac_container().make_encoder(sink, spec); }, ErrorCode::usage,
                        words);
  };
  EXPECT_TRUE(
      refused({44100, 1, 1, SampleFormat::float32}, "format = float32, expected 16 or 24 bit"));
  EXPECT_TRUE(
      refused({44100, 9, 1, SampleFormat::pcm16}, "num_channels = 9, expected 1..8 for FLAC"));
  EXPECT_TRUE(refused({1e6, 1, 1, SampleFormat::pcm16}, "sample_rate_hz = 1000000"));
}

class ForwardSink final : public ByteSink {
 public:
  void write(std::span<const std::byte>) override {}
  void finish() override {}
};

/// A disk that is full after `room` bytes.
class FullSink final : public SeekableSink {
 public:
  explicit FullSink(std::uint64_t room) : room_(room) {}
  void write(std::span<const std::byte> bytes) override {
    if (position_ + bytes.size() > room_) throw Error(ErrorCode::cannot_write, "no space left");
    position_ += bytes.size();
    size_ = std::max(size_, position_);
  }
  void finish() override {}
  void seek(std::uint64_t offset) override { position_ = offset; }
  [[nodiscard]] std::uint64_t position() const override { return position_; }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  std::uint64_t room_, position_ = 0, size_ = 0;
};

TEST(FlacEncode, NeedsASinkThatCanGoBack) {
  ForwardSink sink;
  EXPECT_TRUE(throws_error(
      [&] { (void)flac_container().make_encoder(sink, {44100, 1, 1, SampleFormat::pcm16}); },
      ErrorCode::cannot_write, "sink that can go back"));
}

TEST(FlacEncode, AFullDiskPassesThroughTheCodecAtAnyMoment) {
  const Matrix<float> samples = grid_noise(20000, 1, 32768);
  const std::uint64_t whole = encode(samples, SampleFormat::pcm16).size();
  for (std::uint64_t room = 0; room < whole; room += 997) {
    FullSink sink(room);
    EXPECT_TRUE(throws_error(
        [&] {
          const auto encoder =
              flac_container().make_encoder(sink, {48000, 1, 20000, SampleFormat::pcm16});
          encoder->write(samples.view());
          encoder->finish();
        },
        ErrorCode::cannot_write, "no space left"))
        << room;
  }
}

}  // namespace
}  // namespace partwise
