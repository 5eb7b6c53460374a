// WAV as a source of sound: ranges are what the whole file has there.
#include <gtest/gtest.h>

#include <limits>
#include <partwise/audio_file.hpp>
#include <partwise/wav_signal.hpp>
#include <support/expect_error.hpp>
#include <support/make_wav.hpp>
#include <support/signals.hpp>
#include <support/sources.hpp>

namespace partwise {
namespace {

/// 500 samples of two channels.
test::WavRecipe recipe_of(int bits, const std::string& id = "RIFF") {
  test::WavRecipe recipe;
  recipe.id = id;
  recipe.channels = 2;
  recipe.bits = bits;
  std::vector<std::int64_t> values;
  for (std::int64_t i = 0; i < 1000; ++i) values.push_back(i * 37 % 251 - 100);
  recipe.data = test::integers(values, bits / 8, recipe.big_endian());
  return recipe;
}

void expect_ranges_of(const test::Bytes& bytes) {
  test::MemorySource whole_file(bytes);
  const Signal whole = decode_wav(whole_file, {}, RunControl{}).signal;
  const auto source = wav_signal(std::make_unique<test::MemorySource>(bytes));
  ASSERT_EQ(source->num_samples(), whole.num_samples());
  ASSERT_EQ(source->num_channels(), whole.num_channels());
  EXPECT_EQ(source->sample_rate_hz(), whole.sample_rate_hz);
  Matrix<float> room;
  for (const Index count : {1, 7, 64, 499, 500}) {
    for (Index first = 0; first + count <= whole.num_samples(); first += count) {
      const auto range = source->read(first, count, room);
      ASSERT_EQ(range.rows, count);
      ASSERT_EQ(range.cols, whole.num_channels());
      for (Index c = 0; c < range.cols; ++c) {
        for (Index i = 0; i < count; ++i) {
          ASSERT_EQ(range(i, c), whole.samples(first + i, c)) << first << " + " << i;
        }
      }
    }
  }
}

TEST(WavSignal, RangesAreWhatTheWholeFileHasThere) {
  for (const int bits : {8, 16, 24, 32}) expect_ranges_of(make_wav(recipe_of(bits)));
  expect_ranges_of(make_wav(recipe_of(16, "RIFX")));
}

TEST(WavSignal, AnEmptyRangeIsEmpty) {
  const auto source = wav_signal(std::make_unique<test::MemorySource>(make_wav(recipe_of(16))));
  Matrix<float> room;
  EXPECT_EQ(source->read(500, 0, room).rows, 0);
}

TEST(WavSignal, AFileThatBecameShorterIsNotReadBeyondItsEnd) {
  class Shrinking final : public ByteSource {
   public:
    explicit Shrinking(test::Bytes bytes) : bytes_(std::move(bytes)) {}
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
    [[nodiscard]] std::string name() const override { return "shrinking"; }
    std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
      constexpr std::size_t kLeft = 1000;
      test::MemorySource left(test::Bytes(bytes_.begin(), bytes_.begin() + kLeft));
      return left.read_at(offset, out);
    }

   private:
    test::Bytes bytes_;
  };
  const auto source = wav_signal(std::make_unique<Shrinking>(make_wav(recipe_of(16))));
  Matrix<float> room;
  EXPECT_TRUE(test::throws_error([&] { static_cast<void>(source->read(0, 500, room)); },
                                 ErrorCode::cannot_read, "shorter"));
}

TEST(WavSignal, WhatIsNoWavIsRefused) {
  EXPECT_TRUE(test::throws_error(
      [] {
        static_cast<void>(wav_signal(
            std::make_unique<test::MemorySource>(test::to_bytes("no sound in here at all"))));
      },
      ErrorCode::malformed, ""));
}

}  // namespace
}  // namespace partwise
