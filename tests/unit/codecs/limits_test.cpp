#include <gtest/gtest.h>

#include <codecs/md5.hpp>
#include <partwise/audio_file.hpp>
#include <string_view>
#include <support/expect_error.hpp>
#include <support/made_by_sndfile.hpp>

namespace partwise {
namespace {

using test::Bytes;
using test::throws_error;

constexpr int kFlac = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
constexpr std::size_t kFlacMd5At = 26;
constexpr int kEach[] = {kFlac,
                         SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                         SF_FORMAT_WAV | SF_FORMAT_ULAW,
                         SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
                         SF_FORMAT_OGG | SF_FORMAT_VORBIS,
                         SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,
                         SF_FORMAT_CAF | SF_FORMAT_ALAC_16};

DecodedAudio decode(const Bytes& bytes, const DecodeRules& rules, const DecodeRange& range = {}) {
  test::MemorySource source(bytes, "song");
  return decode_audio(source, range, RunControl{}, rules);
}

TEST(DecodeLimits, MoreSoundThanAllowedIsRefusedInEveryFormat) {
  for (const int format : kEach) {
    SCOPED_TRACE(format);
    const Bytes bytes = test::made_by_sndfile(test::tone(44100, 2), format);
    EXPECT_TRUE(throws_error([&] { (void)decode(bytes, {.max_duration_s = 0.5}); },
                             ErrorCode::resource_limit, "expected at most 0.5 s (max_duration)"));
    EXPECT_TRUE(throws_error([&] { (void)decode(bytes, {.max_memory_bytes = 100000}); },
                             ErrorCode::resource_limit, "expected at most 0 MB (max_memory)"));
    EXPECT_EQ(decode(bytes, {.max_duration_s = 1.1}).info.num_channels, 2);
    EXPECT_EQ(decode(bytes, {.max_memory_bytes = 44100 * 8}).info.num_channels, 2);
    // What counts is the part that is asked for.
    const DecodeRange middle{.offset_s = 0.3, .duration_s = 0.4};
    EXPECT_EQ(decode(bytes, {.max_duration_s = 0.5}, middle).info.num_samples, 17640);
    EXPECT_EQ(decode(bytes, {.max_duration_s = 0.5}, {.offset_s = 0.6}).info.num_channels, 2);
  }
}

TEST(DecodeLimits, ALengthThatIsClaimedIsRefusedBeforeItIsDecoded) {
  Bytes bytes = test::made_by_sndfile(test::tone(44100, 1), kFlac);
  // 36 bits of samples: more than 400 hours in some kilobytes.
  for (std::size_t i = 22; i < kFlacMd5At; ++i) bytes[i] = std::byte{0xff};
  bytes[21] |= std::byte{0x0f};
  EXPECT_TRUE(throws_error([&] { (void)decode(bytes, {}); }, ErrorCode::resource_limit,
                           "song: it holds 1558265 s of sound or more, expected at most 21600 s"));
}

TEST(DecodeLimits, ALengthThatNobodySaysIsSeenWhileDecoding) {
  Bytes bytes = test::made_by_sndfile(test::tone(44100, 1), kFlac);
  for (std::size_t i = 22; i < kFlacMd5At; ++i) bytes[i] = std::byte{0};
  EXPECT_EQ(decode(bytes, {}).info.num_samples, 44100);
  EXPECT_TRUE(throws_error([&] { (void)decode(bytes, {.max_duration_s = 0.5}); },
                           ErrorCode::resource_limit, "(max_duration)"));
}

TEST(DecodeLimits, ALyingLengthOfPlainSamplesCountsOnlyAsFarAsTheFileGoes) {
  Bytes bytes = test::made_by_sndfile(test::tone(1000, 1), SF_FORMAT_AIFF | SF_FORMAT_PCM_16);
  bytes[22] = std::byte{0x7f};  // COMM: number of samples
  EXPECT_EQ(decode(bytes, {}).info.num_samples, 1000);
}

TEST(DecodeDamage, AFlacWhoseChecksumDiffersIsToldAndStrictlyRefused) {
  for (const Index channels : {1, 2}) {
    for (const int subtype : {SF_FORMAT_PCM_S8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24}) {
      Bytes bytes = test::made_by_sndfile(test::tone(10007, channels), SF_FORMAT_FLAC | subtype);
      const DecodeRules strict{.strict = true};
      EXPECT_EQ(decode(bytes, strict).info.num_samples, 10007);
      bytes[kFlacMd5At] ^= std::byte{1};
      const AudioInfo info = decode(bytes, {}).info;
      ASSERT_EQ(info.warnings.size(), 1U);
      EXPECT_NE(info.warnings[0].find("checksum (MD5)"), std::string::npos);
      EXPECT_TRUE(throws_error([&] { (void)decode(bytes, strict); }, ErrorCode::malformed,
                               "song: the file is damaged"));
      // A part of the sound has no sum to compare with.
      EXPECT_TRUE(decode(bytes, strict, {.duration_s = 0.1}).info.warnings.empty());
      for (std::size_t i = 0; i < 16; ++i) bytes[kFlacMd5At + i] = std::byte{0};
      EXPECT_TRUE(decode(bytes, strict).info.warnings.empty());
    }
  }
}

TEST(DecodeDamage, WhatIsAWarningIsAnErrorWhenStrict) {
  for (const int format : kEach) {
    if (format == (SF_FORMAT_CAF | SF_FORMAT_ALAC_16)) continue;  // not read at all when cut
    SCOPED_TRACE(format);
    Bytes bytes = test::made_by_sndfile(test::tone(400000, 1), format);
    EXPECT_TRUE(decode(bytes, {.strict = true}).info.warnings.empty());
    bytes.resize(bytes.size() * 2 / 3);
    EXPECT_EQ(decode(bytes, {}).info.warnings.size(), 1U);
    EXPECT_TRUE(throws_error([&] { (void)decode(bytes, {.strict = true}); }, ErrorCode::malformed,
                             "(strict)"));
  }
}

std::string md5_text(std::string_view text, std::size_t step) {
  const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
  Md5 sum;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    sum.update(bytes.subspan(at, std::min(step, bytes.size() - at)));
  }
  std::string out;
  for (const std::byte byte : sum.finish()) {
    for (const int shift : {4, 0}) {
      out += "0123456789abcdef"[(std::to_integer<unsigned>(byte) >> shift) & 15];
    }
  }
  return out;
}

TEST(Md5, GivesTheSumsOfTheRfcHoweverTheBytesCome) {
  EXPECT_EQ(md5_text("", 1), "d41d8cd98f00b204e9800998ecf8427e");
  const std::string_view digits =
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890";
  for (const std::size_t step : {1, 3, 63, 64, 65, 100}) {
    EXPECT_EQ(md5_text("message digest", step), "f96b697d7cb7938d525a2f31aaf161d0");
    EXPECT_EQ(md5_text(digits, step), "57edf4a22be3c955ac49da2e2107b67a");
  }
}

}  // namespace
}  // namespace partwise
