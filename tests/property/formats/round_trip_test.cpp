#include <gtest/gtest.h>

#include <cmath>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <partwise/npz.hpp>
#include <random>
#include <support/compare.hpp>
#include <support/make_wav.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

constexpr double kStepOf[] = {0, 1.0 / 8388608, 1.0 / 32768};

/// Noise on the grid of the format, full scale and beyond for floats.
Matrix<float> grid_noise(Index rows, Index cols, SampleFormat format, std::mt19937& random) {
  Matrix<float> out(rows, cols);
  const double step = kStepOf[static_cast<int>(format)];
  std::uniform_real_distribution<double> any(-1, 1);
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r) {
      const double value = any(random);
      out(r, c) = static_cast<float>(step > 0 ? std::floor(value / step) * step : 3 * value);
    }
  }
  return out;
}

TEST(WavRoundTrip, WhatIsWrittenReadsBackToTheBit) {
  std::mt19937 random(3);
  for (const auto format : {SampleFormat::float32, SampleFormat::pcm24, SampleFormat::pcm16}) {
    for (const Index channels : {1, 2, 3, 8, 64}) {
      for (const Index rows : {1, 2, 7, 8191, 8192, 8193, 70001}) {
        if (rows * channels > 600000) continue;
        const Matrix<float> samples = grid_noise(rows, channels, format, random);
        test::MemorySink sink;
        const auto encoder = wav_container().make_encoder(sink, {48000, channels, rows, format});
        const Index half = rows / 2;  // in two blocks
        encoder->write({samples.data(), half, channels, samples.stride()});
        encoder->write({samples.data() + half, rows - half, channels, samples.stride()});
        encoder->finish();
        test::MemorySource source(sink.bytes());
        const DecodedAudio back = decode_wav(source, {}, RunControl{});
        ASSERT_TRUE(test::same_bits(back.signal.samples, samples));
        EXPECT_TRUE(back.info.exact_in_float);
        EXPECT_TRUE(back.info.warnings.empty());
      }
    }
  }
}

/// Calls `read` on damaged copies of `bytes`; it must return or throw Error, nothing else.
template <class Read>
void expect_no_crash(const test::Bytes& bytes, int trials, Read read) {
  std::mt19937 random(4);
  int refused = 0;
  for (int i = 0; i < trials; ++i) {
    test::Bytes damaged = bytes;
    const auto changes = 1 + random() % 4;
    for (unsigned j = 0; j < changes; ++j) {
      constexpr std::byte kNasty[] = {std::byte{0}, std::byte{1}, std::byte{0x7f}, std::byte{0x80},
                                      std::byte{0xff}};
      const std::size_t at = random() % std::min<std::size_t>(damaged.size(), 400);
      damaged[random() % 2 == 0 ? at : damaged.size() - 1 - at] =
          random() % 2 == 0 ? kNasty[random() % 5] : static_cast<std::byte>(random());
    }
    if (random() % 4 == 0) damaged.resize(random() % damaged.size());
    test::MemorySource source(damaged);
    try {
      read(source);
    } catch (const Error& error) {
      ++refused;
      ASSERT_TRUE(error.code() == ErrorCode::malformed || error.code() == ErrorCode::usage)
          << error.what();
    }
  }
  EXPECT_GT(refused, 0);
}

TEST(Damage, AnyWavIsReadOrRefused) {
  test::WavRecipe recipe;
  recipe.id = "RF64";
  recipe.ds64_data_size = 300;
  recipe.valid_bits = 24;
  recipe.bits = 24;
  recipe.channels = 2;
  recipe.data = test::Bytes(300);
  expect_no_crash(test::make_wav(recipe), 20000, [](ByteSource& source) {
    const DecodedAudio audio = decode_wav(source, {}, RunControl{});
    // T1: nothing that the bytes do not hold.
    ASSERT_LE(static_cast<std::uint64_t>(audio.info.num_samples), source.size());
  });
}

TEST(Damage, AnyNpzIsReadOrRefused) {
  test::MemorySink sink;
  write_npz({{"W", {3, 4}, std::vector<float>(12, 1.0F)}, {"n", {}, std::vector<double>{1}}}, sink);
  expect_no_crash(sink.bytes(), 20000,
                  [](ByteSource& source) { (void)read_npz(source, {}, 1 << 20); });
}

}  // namespace
}  // namespace partwise
