#include <gtest/gtest.h>

#include <writers/time_reference.hpp>

namespace partwise {
namespace {

AudioInfo info_of(double rate_hz, std::optional<std::uint64_t> reference = {}) {
  AudioInfo info;
  info.sample_rate_hz = rate_hz;
  info.time_reference = reference;
  return info;
}

TEST(TimeReference, IsSaidOnlyWhereThereIsAnOffsetOrTheFileHasOne) {
  EXPECT_EQ(time_reference_of(info_of(48000), {}, 48000), std::nullopt);
  EXPECT_EQ(time_reference_of(info_of(48000), {.offset_s = 1.5}, 48000), 72000U);
  EXPECT_EQ(time_reference_of(info_of(48000, 0), {}, 48000), 0U);
  EXPECT_EQ(time_reference_of(info_of(48000, 1000), {.offset_s = 1.5}, 48000), 73000U);
}

TEST(TimeReference, CountsTheSamplesThatWereSkipped) {
  // 0.1 s of 11025 Hz are 1102.5 samples: 1102 are skipped.
  EXPECT_EQ(time_reference_of(info_of(11025), {.offset_s = 0.1}, 11025), 1102U);
}

TEST(TimeReference, IsCountedAtTheRateOfTheParts) {
  EXPECT_EQ(time_reference_of(info_of(44100), {.offset_s = 2}, 22050), 44100U);
  EXPECT_EQ(time_reference_of(info_of(44100, 44100), {.offset_s = 2}, 48000), 144000U);
  EXPECT_EQ(time_reference_of(info_of(44100, std::uint64_t{1} << 52), {}, 44100),
            std::uint64_t{1} << 52);
}

}  // namespace
}  // namespace partwise
