#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <partwise/audio_file.hpp>
#include <support/compare.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

Signal tone(Index rows, Index cols, double rate_hz, double tone_hz) {
  Signal out;
  out.sample_rate_hz = rate_hz;
  out.samples = Matrix<float>(rows, cols);
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r) {
      out.samples(r, c) = static_cast<float>(
          0.5 * std::sin(2 * std::numbers::pi * tone_hz * static_cast<double>(r) / rate_hz +
                         static_cast<double>(c)));
    }
  }
  return out;
}

TEST(Resample, TheLengthIsRoundedUp) {
  for (const Index length : {0, 1, 2, 3, 147, 1000, 44101}) {
    for (const double rate : {1000.0, 22050.0, 44099.5, 48000.0, 1e6}) {
      const Signal out = resample(tone(length, 1, 44100, 440), rate);
      EXPECT_EQ(out.num_samples(),
                static_cast<Index>(std::ceil(static_cast<double>(length) * (rate / 44100))));
      EXPECT_EQ(out.sample_rate_hz, rate);
    }
  }
}

TEST(Resample, AToneStaysThatTone) {
  const Signal out = resample(tone(44100, 1, 44100, 1000), 48000);
  const Signal expected = tone(48000, 1, 48000, 1000);
  double worst = 0;
  for (Index i = 4800; i < 43200; ++i) {  // away from the ends, where there is silence to ring in
    worst =
        std::max(worst, std::abs(static_cast<double>(out.samples(i, 0) - expected.samples(i, 0))));
  }
  EXPECT_LT(20 * std::log10(worst), -100);  // the HQ recipe promises 20 bits
}

TEST(Resample, EveryChannelIsTreatedAlone) {
  const Signal stereo = tone(20000, 3, 44100, 500);
  const Signal out = resample(stereo, 22050);
  for (Index c = 0; c < 3; ++c) {
    Signal one;
    one.sample_rate_hz = 44100;
    one.samples = Matrix<float>(20000, 1);
    std::copy_n(stereo.samples.column(c), 20000, one.samples.column(0));
    const Signal alone = resample(one, 22050);
    for (Index i = 0; i < out.num_samples(); ++i) {
      ASSERT_EQ(out.samples(i, c), alone.samples(i, 0));
    }
  }
}

TEST(Resample, TheSameRateChangesNothing) {
  const Signal in = tone(1000, 2, 44100, 440);
  EXPECT_TRUE(test::same_bits(resample(in, 44100).samples, in.samples));
}

TEST(Resample, RatesOutOfRangeAreUsageErrors) {
  const Signal in = tone(100, 1, 44100, 440);
  for (const double rate : {0.0, -1.0, 999.0, 1.1e6, std::nan("")}) {
    EXPECT_TRUE(test::throws_error([&] { (void)resample(in, rate); }, ErrorCode::usage,
                                   "expected 1000..1000000"));
  }
}

TEST(ToMono, IsTheMeanOfTheChannels) {
  Signal in;
  in.sample_rate_hz = 44100;
  in.samples = Matrix<float>(2, 3);
  for (Index c = 0; c < 3; ++c) {
    in.samples(0, c) = static_cast<float>(c);
    in.samples(1, c) = 0.1F;
  }
  const Signal out = to_mono(in);
  EXPECT_EQ(out.num_channels(), 1);
  EXPECT_EQ(out.sample_rate_hz, 44100);
  EXPECT_EQ(out.samples(0, 0), 1);
  EXPECT_EQ(out.samples(1, 0), (0.1F + 0.1F + 0.1F) / 3.0F);
}

TEST(ToMono, OppositeChannelsCancelExactly) {
  Signal in = tone(1000, 2, 44100, 440);
  for (Index i = 0; i < 1000; ++i) in.samples(i, 1) = -in.samples(i, 0);
  const Signal out = to_mono(in);
  for (Index i = 0; i < 1000; ++i) ASSERT_EQ(out.samples(i, 0), 0);
}

}  // namespace
}  // namespace partwise
