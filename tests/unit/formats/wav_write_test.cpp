#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <formats/wav_header_write.hpp>
#include <partwise/audio_file.hpp>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/make_wav.hpp>

namespace partwise {
namespace {

using test::Bytes;
using test::throws_error;

Bytes encode(const EncodeSpec& spec, const Matrix<float>& samples) {
  test::MemorySink sink;
  const auto encoder = wav_container().make_encoder(sink, spec);
  encoder->write(samples.view());
  encoder->finish();
  EXPECT_TRUE(sink.finished());
  return sink.bytes();
}

EncodeSpec spec_of(const Matrix<float>& samples, SampleFormat format) {
  return {.sample_rate_hz = 44100,
          .num_channels = samples.cols(),
          .num_samples = samples.rows(),
          .sample_format = format};
}

Matrix<float> one_column(const std::vector<float>& values) {
  Matrix<float> out(static_cast<Index>(values.size()), 1);
  std::copy(values.begin(), values.end(), out.column(0));
  return out;
}

bool holds(const Bytes& bytes, const std::string& text) {
  const Bytes wanted = test::to_bytes(text);
  return std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end()) != bytes.end();
}

TEST(WavWrite, Pcm16IsTheSmallestHeaderAndTheSamples) {
  test::WavRecipe recipe;
  recipe.data = test::integers({0, 1, -32768, 32767}, 2);
  const Matrix<float> samples = one_column({0, 1.0F / 32768, -1, 32767.0F / 32768});
  EXPECT_EQ(encode(spec_of(samples, SampleFormat::pcm16), samples), test::make_wav(recipe));
}

TEST(WavWrite, ValuesOffTheGridRoundAndNeverWrap) {
  const Matrix<float> samples = one_column({1.2F, -1.2F, 1, 0.6F / 32768, 1.6F / 32768});
  const Bytes bytes = encode(spec_of(samples, SampleFormat::pcm16), samples);
  const Bytes data(bytes.end() - 10, bytes.end());
  EXPECT_EQ(data, test::integers({32767, -32768, 32767, 1, 2}, 2));
}

TEST(WavWrite, ValuesAtFullScaleAndBeyondAreClampedInEveryIntegerWidth) {
  const Matrix<float> samples = one_column({1, 1.2F, 3e38F, -1, -1.2F, -3e38F});
  for (const auto& [format, top] : {std::pair{SampleFormat::pcm16, 32767.0F / 32768},
                                    {SampleFormat::pcm24, 8388607.0F / 8388608}}) {
    test::MemorySource in(encode(spec_of(samples, format), samples));
    const Matrix<float> back = decode_wav(in, {}, RunControl{}).signal.samples;
    for (Index i = 0; i < 3; ++i) EXPECT_EQ(back(i, 0), top) << samples(i, 0);
    for (Index i = 3; i < 6; ++i) EXPECT_EQ(back(i, 0), -1) << samples(i, 0);
  }
  test::MemorySource floats(encode(spec_of(samples, SampleFormat::float32), samples));
  EXPECT_TRUE(test::same_bits(decode_wav(floats, {}, RunControl{}).signal.samples, samples));
}

TEST(WavWrite, FloatsHaveAFactChunkAndNeitherPeakNorTime) {
  const Matrix<float> samples = one_column({0.5F, -3});
  const Bytes bytes = encode(spec_of(samples, SampleFormat::float32), samples);
  EXPECT_TRUE(holds(bytes, "fact"));
  EXPECT_FALSE(holds(bytes, "PEAK"));
  EXPECT_EQ(bytes.size(), 12U + (8 + 18) + (8 + 4) + (8 + 8));
  EXPECT_EQ(bytes, encode(spec_of(samples, SampleFormat::float32), samples));
}

TEST(WavWrite, OddDataIsPaddedAndTheRiffSizeCountsIt) {
  const Matrix<float> samples = one_column({0.5F});
  const Bytes bytes = encode(spec_of(samples, SampleFormat::pcm24), samples);
  std::uint32_t riff = 0;
  std::memcpy(&riff, bytes.data() + 4, sizeof riff);
  EXPECT_EQ(bytes.size() % 2, 0U);
  EXPECT_EQ(riff + 8, bytes.size());
  test::MemorySource source(bytes);
  EXPECT_EQ(decode_wav(source, {}, RunControl{}).info.num_samples, 1);
}

TEST(WavWrite, SizesAbove4GibGoIntoRf64) {
  EncodeSpec spec{.sample_rate_hz = 48000, .num_channels = 2, .num_samples = Index{1} << 29};
  const Bytes header = wav_header_bytes(spec);  // 4 GiB of samples: 1 GiB too much, as it were
  EXPECT_TRUE(holds(header, "RF64"));
  spec.num_samples = (Index{1} << 29) - 8;  // 64 bytes below: header and data just fit
  EXPECT_TRUE(holds(wav_header_bytes(spec), "RIFF"));
}

/// A header, and then as many zeros as anybody asks for.
class LongSource final : public ByteSource {
 public:
  LongSource(Bytes head, std::uint64_t size) : head_(std::move(head)), size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    std::size_t count = 0;
    for (; count < out.size() && offset + count < size_; ++count) {
      const std::uint64_t at = offset + count;
      out[count] = at < head_.size() ? head_[at] : std::byte{0};
    }
    return count;
  }
  [[nodiscard]] std::string name() const override { return "long"; }

 private:
  Bytes head_;
  std::uint64_t size_;
};

TEST(WavWrite, AnRf64HeaderReadsBack) {
  const EncodeSpec spec{.sample_rate_hz = 48000, .num_channels = 2, .num_samples = Index{1} << 30};
  const Bytes header = wav_header_bytes(spec);
  const std::uint64_t data = (std::uint64_t{1} << 30) * 8;
  LongSource source(header, header.size() + data);
  const double end_s = static_cast<double>(spec.num_samples) / spec.sample_rate_hz;
  const DecodedAudio audio = decode_wav(source, {.offset_s = end_s - 0.5}, RunControl{});
  EXPECT_EQ(audio.info.num_samples, 24000);
  EXPECT_TRUE(audio.info.warnings.empty());
  LongSource cut(header, header.size() + data - 8 * 48000);
  const DecodedAudio rest = decode_wav(cut, {.offset_s = end_s - 2}, RunControl{});
  ASSERT_EQ(rest.info.warnings.size(), 1U);
  EXPECT_EQ(rest.info.warnings[0], "the file ends 1 s (48000 samples) before its header says");
}

TEST(WavWrite, WhatWavCannotHoldIsAUsageError) {
  test::MemorySink sink;
  const auto make = [&](double rate, Index channels) {
    return throws_error(
        [&] { (void)wav_container().make_encoder(sink, {rate, channels, 1, SampleFormat::pcm16}); },
        ErrorCode::usage, "for WAV");
  };
  EXPECT_TRUE(make(22050.5, 1));
  EXPECT_TRUE(make(0, 1));
  EXPECT_TRUE(make(44100, 0));
  EXPECT_TRUE(make(44100, 65));
}

TEST(WavWrite, AWrongCountIsOurFault) {
  const Matrix<float> samples = one_column({0, 0});
  test::MemorySink sink;
  EncodeSpec spec = spec_of(samples, SampleFormat::pcm16);
  spec.num_samples = 3;
  const auto few = wav_container().make_encoder(sink, spec);
  few->write(samples.view());
  EXPECT_TRUE(throws_error([&] { few->finish(); }, ErrorCode::internal, "2 samples, expected 3"));
  EXPECT_FALSE(sink.finished());
  EXPECT_TRUE(
      throws_error([&] { few->write(samples.view()); }, ErrorCode::internal, "at most [1 x 1]"));
}

}  // namespace
}  // namespace partwise
