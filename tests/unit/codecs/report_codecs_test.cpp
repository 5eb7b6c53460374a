// Stretches for a page: the same sound gives the same bytes, and comes back as long as it went in.
#include <gtest/gtest.h>

#include <cmath>
#include <partwise/audio_file.hpp>
#include <partwise/report_audio.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

Signal tone(Index samples, Index channels, double rate_hz) {
  Signal signal{Matrix<float>(samples, channels), rate_hz};
  for (Index c = 0; c < channels; ++c) {
    for (Index i = 0; i < samples; ++i) {
      const double t = static_cast<double>(i) / rate_hz;
      signal.samples(i, c) = static_cast<float>(0.3 * std::sin(2000 * t + static_cast<double>(c)));
    }
  }
  return signal;
}

TEST(ReportCodecs, EachGivesTheSameBytesAgainAndTheLengthThatWentIn) {
  const ReportCodecs codecs = report_codecs();
  ASSERT_EQ(codecs.segments.size(), 3U);
  for (const SegmentCodec& codec : codecs.segments) {
    for (const Index channels : {1, 2}) {
      const double rate = codec.rates_hz.empty() ? 22050 : codec.rates_hz.back();
      const Signal signal = tone(30011, channels, rate);
      const double bits = 64e3 * static_cast<double>(channels);
      const auto bytes = codec.encode(signal.samples, rate, bits);
      EXPECT_EQ(bytes, codec.encode(signal.samples, rate, bits)) << codec.name;
      test::MemorySource source(bytes, codec.name);
      const RunControl control;
      const DecodedAudio decoded = decode_audio(source, {}, control);
      EXPECT_TRUE(decoded.info.warnings.empty()) << codec.name << ": " << decoded.info.warnings[0];
      EXPECT_EQ(decoded.signal.num_samples(), 30011) << codec.name;
      EXPECT_EQ(decoded.signal.num_channels(), channels);
      double error = 0;
      for (Index i = 5000; i < 25000; ++i)
        error = std::max(error, std::abs(static_cast<double>(decoded.signal.samples(i, 0) -
                                                             signal.samples(i, 0))));
      EXPECT_LT(error, codec.lossless ? 1.0 / 65535 : 0.05) << codec.name;
    }
  }
}

TEST(ReportCodecs, MoreBitsAreMoreBytes) {
  for (const SegmentCodec& codec : report_codecs().segments) {
    if (codec.most_bits == 0) continue;
    const Signal signal = tone(96000, 2, 48000);
    const auto few = codec.encode(signal.samples, 48000, 2 * codec.least_bits);
    const auto many = codec.encode(signal.samples, 48000, 2 * codec.most_bits);
    EXPECT_LT(few.size(), many.size()) << codec.name;
  }
}

}  // namespace
}  // namespace partwise
