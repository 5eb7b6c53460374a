#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <partwise/audio_inspect.hpp>
#include <support/expect_error.hpp>
#include <support/made_by_sndfile.hpp>

namespace partwise {
namespace {

using test::Bytes;

constexpr int kFloatWav = SF_FORMAT_WAV | SF_FORMAT_FLOAT;

/// So many seconds at so many dB re full scale, in each channel.
struct Stretch {
  double seconds;
  std::vector<double> levels_db;
};

/// A sine of 997 Hz, which no block of 100 ms holds a whole number of.
Matrix<float> sine(double rate, const std::vector<Stretch>& stretches) {
  double seconds = 0;
  for (const Stretch& stretch : stretches) seconds += stretch.seconds;
  Matrix<float> out(static_cast<Index>(std::lround(seconds * rate)),
                    static_cast<Index>(stretches.front().levels_db.size()));
  Index at = 0;
  for (const Stretch& stretch : stretches) {
    const Index end = at + static_cast<Index>(std::lround(stretch.seconds * rate));
    for (; at < end; ++at) {
      const double value = std::sin(2 * std::numbers::pi * 997 * static_cast<double>(at) / rate);
      for (Index c = 0; c < out.cols(); ++c) {
        out(at, c) = static_cast<float>(value * std::pow(10, stretch.levels_db[c] / 20));
      }
    }
  }
  return out;
}

InspectedAudio inspect(const Bytes& bytes) {
  test::MemorySource source(bytes, "song");
  return inspect_audio(source, RunControl{}, {});
}

InspectedAudio inspect(const Matrix<float>& samples, int rate, int format = kFloatWav) {
  return inspect(test::made_by_sndfile(samples, format, rate));
}

double loudness(int rate, const std::vector<Stretch>& stretches) {
  return inspect(sine(rate, stretches), rate).measures.loudness_lufs;
}

constexpr double kSilent = -400;  // of these levels no float is left

TEST(Loudness, IsWhatBs1770DemandsOfASineOfFullScale) {
  for (const int rate : {22050, 44100, 48000, 96000}) {
    // The standard's filters are for 48 kHz; low rates bend them where they end.
    const double allowed = rate < 44100 ? 0.05 : 0.02;
    EXPECT_NEAR(loudness(rate, {{10, {0}}}), -3.01, allowed) << rate;
    EXPECT_NEAR(loudness(rate, {{10, {0, kSilent}}}), -3.01, allowed) << rate;
    EXPECT_NEAR(loudness(rate, {{10, {0, 0}}}), 0.00, allowed) << rate;
  }
}

// EBU Tech 3341, table 1, tests 1 to 4 and 6, allow 0.1 LU.
TEST(Loudness, IsWhatTheEbuDemandsOfItsTestSignals) {
  const auto both = [](double level) { return std::vector<double>{level, level}; };
  EXPECT_NEAR(loudness(48000, {{20, both(-23)}}), -23, 0.1);
  EXPECT_NEAR(loudness(48000, {{20, both(-33)}}), -33, 0.1);
  EXPECT_NEAR(loudness(48000, {{10, both(-36)}, {60, both(-23)}, {10, both(-36)}}), -23, 0.1);
  EXPECT_NEAR(
      loudness(
          48000,
          {{10, both(-72)}, {10, both(-36)}, {60, both(-23)}, {10, both(-36)}, {10, both(-72)}}),
      -23, 0.1);
  EXPECT_NEAR(loudness(48000, {{20, {-28, -28, -24, kSilent, -30, -30}}}), -23, 0.1);
}

TEST(Loudness, IsNotANumberWhereThereIsNone) {
  EXPECT_TRUE(std::isnan(loudness(44100, {{2, {kSilent}}})));
  EXPECT_TRUE(std::isnan(loudness(44100, {{2, {-80}}})));
  EXPECT_TRUE(std::isnan(loudness(44100, {{0.3, {0}}})));
  EXPECT_TRUE(std::isnan(loudness(4000, {{10, {0}}})));
}

TEST(InspectAudio, CountsSilenceOfAllChannelsAndFindsThePeakOfAny) {
  Matrix<float> samples(100000, 2);  // more than one block
  samples(1000, 0) = 0.25F;
  samples(70000, 1) = -0.5F;
  samples(99000, 1) = 1e-30F;
  const InspectedAudio audio = inspect(samples, 44100);
  EXPECT_EQ(audio.measures.peak, 0.5);
  EXPECT_EQ(audio.measures.silent_samples, 100000 - 3);
  EXPECT_EQ(audio.measures.leading_silence, 1000);
  EXPECT_EQ(audio.measures.trailing_silence, 999);
  const AudioMeasures none = inspect(Matrix<float>(100, 1), 44100).measures;
  EXPECT_EQ(none.leading_silence, 100);
  EXPECT_EQ(none.trailing_silence, 100);
  EXPECT_EQ(none.peak, 0);
}

struct Coded {
  int format;
  int bits;
};
constexpr Coded kEach[] = {
    {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16},        {SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 8},
    {SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 64},        {SF_FORMAT_WAV | SF_FORMAT_ULAW, 0},
    {SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 24},       {SF_FORMAT_AIFF | SF_FORMAT_PCM_32, 32},
    {SF_FORMAT_CAF | SF_FORMAT_ALAC_20, 20},       {SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0},
    {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0}};

TEST(StreamAudio, GivesTheSamplesThatDecodingGivesInEveryFormat) {
  for (const auto& [format, bits] : kEach) {
    SCOPED_TRACE(format);
    const Bytes bytes = test::made_by_sndfile(test::tone(150000, 2), format);
    test::MemorySource source(bytes, "song");
    const DecodedAudio whole = decode_audio(source, {}, RunControl{});
    Index at = 0, largest = 0;
    bool same = true;
    const AudioInfo info = stream_audio(
        source, RunControl{}, {.max_memory_bytes = 1000}, [&](const SoundBlock& block) {
          EXPECT_EQ(block.sample_rate_hz, 44100);
          EXPECT_EQ(block.samples.cols, 2);
          for (Index c = 0; c < 2; ++c) {
            for (Index i = 0; i < block.samples.rows; ++i) {
              same &= block.samples.column(c)[i] == whole.signal.samples(at + i, c);
            }
          }
          at += block.samples.rows;
          largest = std::max(largest, block.samples.rows);
        });
    EXPECT_TRUE(same);
    EXPECT_EQ(at, whole.signal.num_samples());
    EXPECT_LE(largest, 65536);
    EXPECT_EQ(info.num_samples, whole.info.num_samples);
    EXPECT_EQ(info.format, whole.info.format);
    EXPECT_EQ(info.exact_in_float, whole.info.exact_in_float);
    EXPECT_EQ(info.bits, bits);
    EXPECT_EQ(whole.info.bits, bits);
  }
}

TEST(StreamAudio, RefusesWhatDecodingRefuses) {
  Matrix<float> samples = test::tone(1000, 1);
  samples(500, 0) = std::nanf("");
  EXPECT_TRUE(
      test::throws_error([&] { (void)inspect(samples, 44100); }, ErrorCode::malformed, "song: "));
  const Bytes bytes = test::made_by_sndfile(test::tone(44100, 1), kFloatWav);
  test::MemorySource source(bytes, "song");
  EXPECT_TRUE(test::throws_error(
      [&] { (void)inspect_audio(source, RunControl{}, {.max_duration_s = 0.5}); },
      ErrorCode::resource_limit, "max_duration"));
}

}  // namespace
}  // namespace partwise
