#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <partwise/audio_file.hpp>
#include <support/expect_error.hpp>
#include <support/make_wav.hpp>

namespace partwise {
namespace {

using test::Bytes;
using test::integers;
using test::make_chunk;
using test::make_wav;
using test::throws_error;
using test::WavRecipe;

DecodedAudio decode(const Bytes& bytes, const DecodeRange& range = {}) {
  test::MemorySource source(bytes, "test.wav");
  return decode_wav(source, range, RunControl{});
}

::testing::AssertionResult is_malformed(const Bytes& bytes, const std::string& words) {
  return throws_error([&] { (void)decode(bytes); }, ErrorCode::malformed, words);
}

std::vector<float> channel(const DecodedAudio& audio, Index c) {
  const auto span = audio.signal.samples.view().column_span(c);
  return {span.begin(), span.end()};
}

WavRecipe four_samples() {
  WavRecipe recipe;
  recipe.data = integers({0, 1, -32768, 32767}, 2);
  return recipe;
}

const std::vector<float> kFourSamples = {0, 1.0F / 32768, -1, 32767.0F / 32768};

TEST(WavRead, IntegersAreDividedByTheirFullScale) {
  EXPECT_EQ(channel(decode(make_wav(four_samples())), 0), kFourSamples);
  WavRecipe recipe;
  recipe.bits = 8;
  recipe.data = integers({0, 127, 128, 255}, 1);
  EXPECT_EQ(channel(decode(make_wav(recipe)), 0),
            (std::vector<float>{-1, -1.0F / 128, 0, 127.0F / 128}));
  recipe.bits = 24;
  recipe.data = integers({0, 1, -8388608, 8388607, -1}, 3);
  EXPECT_EQ(channel(decode(make_wav(recipe)), 0),
            (std::vector<float>{0, 1.0F / 8388608, -1, 8388607.0F / 8388608, -1.0F / 8388608}));
  recipe.bits = 32;
  recipe.data = integers({0, -2147483648LL, 1 << 30}, 4);
  EXPECT_EQ(channel(decode(make_wav(recipe)), 0), (std::vector<float>{0, -1, 0.5F}));
}

TEST(WavRead, FloatsKeepTheirBitsAboveFullScaleAndBelowTheNormalNumbers) {
  WavRecipe recipe;
  recipe.tag = 3;
  recipe.bits = 32;
  const std::vector<float> values = {2.4F, -1e-40F, 0.1F};
  for (const float value : values) {
    test::put_number(recipe.data, std::bit_cast<std::uint32_t>(value), 4);
  }
  const DecodedAudio audio = decode(make_wav(recipe));
  EXPECT_EQ(channel(audio, 0), values);
  EXPECT_TRUE(audio.info.exact_in_float);
  EXPECT_EQ(audio.info.format, "WAV 32 bit float");
}

TEST(WavRead, RoundingToFloatIsTold) {
  WavRecipe recipe;
  recipe.bits = 32;
  recipe.data = integers({1 << 24}, 4);
  EXPECT_TRUE(decode(make_wav(recipe)).info.exact_in_float);
  recipe.data = integers({(1 << 24) + 1}, 4);
  EXPECT_FALSE(decode(make_wav(recipe)).info.exact_in_float);
  recipe.tag = 3;
  recipe.bits = 64;
  recipe.data = integers({std::bit_cast<std::int64_t>(0.5)}, 8);
  EXPECT_TRUE(decode(make_wav(recipe)).info.exact_in_float);
  recipe.data = integers({std::bit_cast<std::int64_t>(0.1)}, 8);
  EXPECT_FALSE(decode(make_wav(recipe)).info.exact_in_float);
}

TEST(WavRead, ChannelsComeApartForAnyNumberOfThem) {
  for (const int channels : {1, 2, 3, 6, 64}) {
    WavRecipe recipe;
    recipe.channels = channels;
    std::vector<std::int64_t> values;
    for (int i = 0; i < 5 * channels; ++i) values.push_back(i);
    recipe.data = integers(values, 2);
    const DecodedAudio audio = decode(make_wav(recipe));
    ASSERT_EQ(audio.info.num_channels, channels);
    ASSERT_EQ(audio.info.num_samples, 5);
    for (Index i = 0; i < 5; ++i) {
      for (Index c = 0; c < channels; ++c) {
        EXPECT_EQ(audio.signal.samples(i, c) * 32768, static_cast<float>(i * channels + c));
      }
    }
  }
}

TEST(WavRead, BigEndianExtensibleAndRf64ReadAsPlainOnes) {
  WavRecipe big = four_samples();
  big.id = "RIFX";
  big.data = integers({0, 1, -32768, 32767}, 2, true);
  EXPECT_EQ(channel(decode(make_wav(big)), 0), kFourSamples);

  WavRecipe extensible = four_samples();
  extensible.valid_bits = 16;
  EXPECT_EQ(channel(decode(make_wav(extensible)), 0), kFourSamples);

  for (const char* id : {"RF64", "BW64"}) {
    WavRecipe rf64 = four_samples();
    rf64.id = id;
    rf64.data_size = 0xffffffff;
    rf64.ds64_data_size = 6;
    rf64.after_data = make_chunk("LIST", Bytes(4));
    EXPECT_EQ(channel(decode(make_wav(rf64)), 0),
              std::vector<float>(kFourSamples.begin(), kFourSamples.end() - 1));
  }
}

TEST(WavRead, OtherChunksAreSteppedOver) {
  WavRecipe recipe = four_samples();
  recipe.before_format = make_chunk("junk", Bytes(3));
  recipe.before_data = make_chunk("fact", Bytes(4));
  recipe.after_data = make_chunk("LIST", Bytes(10));
  const DecodedAudio audio = decode(make_wav(recipe));
  EXPECT_EQ(channel(audio, 0), kFourSamples);
  EXPECT_TRUE(audio.info.warnings.empty());
}

TEST(WavRead, AStreamedFileReachesToItsEnd) {
  for (const std::uint32_t size : {0U, 0xffffffffU}) {
    WavRecipe recipe = four_samples();
    recipe.data_size = size;
    const DecodedAudio audio = decode(make_wav(recipe));
    EXPECT_EQ(channel(audio, 0), kFourSamples);
    EXPECT_TRUE(audio.info.warnings.empty());
  }
  // Silence looks like empty chunks without a name.
  WavRecipe silence;
  silence.data = Bytes(16);
  silence.data_size = 0;
  EXPECT_EQ(decode(make_wav(silence)).info.num_samples, 8);
}

TEST(WavRead, AFileWithoutSoundButWithChunksBehindHasNoSound) {
  WavRecipe recipe;
  EXPECT_TRUE(is_malformed(make_wav(recipe), "0 samples"));
  recipe.after_data = make_chunk("LIST", Bytes(10));
  EXPECT_TRUE(is_malformed(make_wav(recipe), "0 samples"));
}

TEST(WavRead, ATruncatedFileIsReadAndTheLossIsNamed) {
  WavRecipe recipe;
  recipe.rate = 1000;
  recipe.data = Bytes(21);
  recipe.data_size = 2000;
  const DecodedAudio audio = decode(make_wav(recipe));
  EXPECT_EQ(audio.info.num_samples, 10);
  ASSERT_EQ(audio.info.warnings.size(), 1U);
  EXPECT_EQ(audio.info.warnings[0], "the file ends 0.99 s (990 samples) before its header says");
}

TEST(WavRead, LyingSizesOnlyLimit) {
  WavRecipe recipe = four_samples();
  recipe.data_size = 0xfffffff0;
  EXPECT_EQ(decode(make_wav(recipe)).info.num_samples, 4);
  recipe.data_size = 4;
  EXPECT_EQ(decode(make_wav(recipe)).info.num_samples, 2);
  recipe.id = "RF64";
  recipe.data_size = 0xffffffff;
  recipe.ds64_data_size = ~std::uint64_t{0} - 1;
  EXPECT_EQ(decode(make_wav(recipe)).info.num_samples, 4);
}

TEST(WavRead, NonFiniteSamplesAreCountedAndTheFirstIsPlaced) {
  WavRecipe recipe;
  recipe.tag = 3;
  recipe.bits = 32;
  recipe.rate = 1000;
  recipe.channels = 2;
  recipe.data = Bytes(8 * 100);
  const auto set = [&](std::size_t sample, std::size_t c, float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (std::size_t i = 0; i < 4; ++i) {
      recipe.data[(sample * 2 + c) * 4 + i] = static_cast<std::byte>(bits >> (8 * i));
    }
  };
  set(70, 0, std::numeric_limits<float>::quiet_NaN());
  set(20, 1, -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(is_malformed(make_wav(recipe), "2 samples are NaN or infinite, the first at 0.02 s"));
  test::MemorySource source(make_wav(recipe));
  EXPECT_EQ(decode_wav(source, {.offset_s = 0.08}, RunControl{}).info.num_samples, 20);
}

TEST(WavRead, DoublesBeyondFloatAreNotFinite) {
  WavRecipe recipe;
  recipe.tag = 3;
  recipe.bits = 64;
  recipe.data = integers({std::bit_cast<std::int64_t>(1e300)}, 8);
  EXPECT_TRUE(is_malformed(make_wav(recipe), "1 sample is NaN or infinite"));
}

TEST(WavRead, FieldsOutOfRangeAreNamedWithTheirValue) {
  const auto with = [](auto change) {
    WavRecipe recipe = four_samples();
    change(recipe);
    return make_wav(recipe);
  };
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.channels = 0; }), "channels = 0"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.channels = 65; }), "channels = 65"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.rate = 0; }), "sample rate = 0 Hz"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.rate = 2000000000; }), "2000000000 Hz"));
  EXPECT_TRUE(is_malformed(with([](auto& r) {
                             r.bits = 17;
                             r.block_align = 2;
                           }),
                           "bits per sample = 17"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.block_align = 0; }), "block align = 0"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.tag = 3; }), "of a float, expected 32 or 64"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.tag = 7; }), "WAV format tag 7 is not supported"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.valid_bits = 17; }), "valid bits = 17"));
  EXPECT_TRUE(is_malformed(with([](auto& r) { r.format_chunk = false; }), "no fmt chunk"));
  EXPECT_TRUE(
      is_malformed(with([](auto& r) { r.before_data = make_chunk("fmt ", test::format_body(r)); }),
                   "two fmt chunks"));
  EXPECT_TRUE(is_malformed(with([](auto& r) {
                             r.format_chunk = false;
                             r.before_format = make_chunk("fmt ", Bytes(14));
                           }),
                           "14 bytes, expected at least 16"));
}

TEST(WavRead, AnUnknownSubformatIsRefused) {
  WavRecipe recipe = four_samples();
  recipe.valid_bits = 16;
  Bytes bytes = make_wav(recipe);
  bytes[12 + 8 + 30] = std::byte{1};  // inside the GUID's fixed bytes
  EXPECT_TRUE(is_malformed(bytes, "subformat"));
  recipe.before_format = make_chunk("fmt ", [&] {
    Bytes cut = test::format_body(recipe);
    cut.resize(24);
    return cut;
  }());
  recipe.format_chunk = false;
  EXPECT_TRUE(is_malformed(make_wav(recipe), "24 bytes, expected 40"));
}

TEST(WavRead, WhatEndsBeforeItsDataIsRefused) {
  const Bytes whole = make_wav(four_samples());
  for (std::size_t length = 0; length < 46; ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_TRUE(is_malformed(cut, "test.wav: ")) << length;
  }
}

TEST(WavRead, AFileOfEmptyChunksIsGivenUpSoon) {
  WavRecipe recipe = four_samples();
  for (int i = 0; i < 5000; ++i)
    test::put_text(recipe.before_format, std::string_view("abcd\0\0\0\0", 8));
  EXPECT_TRUE(is_malformed(make_wav(recipe), "ends before its data"));
}

TEST(WavRead, ARangeIsCutInWholeSamples) {
  WavRecipe recipe;
  recipe.rate = 1000;
  for (int i = 0; i < 100; ++i) test::put_number(recipe.data, static_cast<unsigned>(i), 2);
  const auto part = [&](double offset, std::optional<double> duration) {
    return decode(make_wav(recipe), {offset, duration});
  };
  EXPECT_EQ(part(0.0109, 0.0209).info.num_samples, 20);  // int(10.9), int(20.9)
  EXPECT_EQ(part(0.0109, 0.0209).signal.samples(0, 0) * 32768, 10);
  EXPECT_EQ(part(0.09, 5).info.num_samples, 10);
  EXPECT_EQ(part(0.09, std::nullopt).info.num_samples, 10);
  const auto usage = [&](double offset, std::optional<double> duration, const std::string& words) {
    return throws_error([&] { (void)part(offset, duration); }, ErrorCode::usage, words);
  };
  EXPECT_TRUE(usage(0.1, std::nullopt, "offset = 0.1 s, expected less than 0.1 s"));
  EXPECT_TRUE(usage(-1, std::nullopt, "offset = -1 s"));
  EXPECT_TRUE(usage(0, std::nan(""), "duration = nan s"));
  EXPECT_TRUE(usage(1e300, std::nullopt, "offset"));
  EXPECT_TRUE(usage(0, 0, "duration = 0 s, expected at least one sample"));
  EXPECT_TRUE(usage(0, 1e-9, "at least one sample"));
}

TEST(WavRead, AStopIsHeeded) {
  RunControl control;
  control.stop = true;
  test::MemorySource source(make_wav(four_samples()));
  EXPECT_TRUE(throws_error([&] { (void)decode_wav(source, {}, control); }, ErrorCode::stopped, ""));
}

TEST(WavRead, IsWavLooksAtTheBytes) {
  const auto looks = [](const char* text) {
    test::MemorySource source(test::to_bytes(text));
    return is_wav(source);
  };
  EXPECT_TRUE(looks("RIFF....WAVE"));
  EXPECT_TRUE(looks("RF64....WAVE"));
  EXPECT_FALSE(looks("RIFF....AVI "));
  EXPECT_FALSE(looks("RIFF....WAV"));
  EXPECT_FALSE(looks(""));
}

}  // namespace
}  // namespace partwise
