#include <gtest/gtest.h>

#include <limits>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>

namespace partwise {
namespace {

std::string message_of(const StftOptions& options) {
  try {
    validate(options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    return error.what();
  }
  return "";
}

TEST(StftOptionsCheck, NamesFieldValueAndRange) {
  EXPECT_EQ(message_of({15, 4}), "n_fft = 15, expected 16..1048576");
  EXPECT_EQ(message_of({1048577, 4}), "n_fft = 1048577, expected 16..1048576");
  EXPECT_EQ(message_of({2048, 0}), "hop_length = 0, expected 1..2048 (n_fft)");
  EXPECT_EQ(message_of({2048, 2049}), "hop_length = 2049, expected 1..2048 (n_fft)");
  EXPECT_EQ(message_of({16, 16}), "");
  EXPECT_EQ(message_of({1048576, 1}), "");
}

TEST(DefaultStftOptions, KeepTheFrameAt93MillisecondsWhateverTheRate) {
  const auto n_fft_at = [](double rate) { return default_stft_options(rate).n_fft; };
  EXPECT_EQ(n_fft_at(22050), 2048);
  EXPECT_EQ(n_fft_at(44100), 4096);
  EXPECT_EQ(n_fft_at(48000), 4096);
  EXPECT_EQ(n_fft_at(8000), 1024);  // 743 is nearer to 512, but not in octaves
  EXPECT_EQ(n_fft_at(96000), 8192);
  EXPECT_EQ(n_fft_at(1e-3), 16);
  EXPECT_EQ(default_stft_options(44100).hop_length, 1024);
}

TEST(DefaultStftOptions, RefuseARateThatIsNone) {
  for (const double rate : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW((void)default_stft_options(rate), Error);
  }
}

TEST(NumFrames, CountsFramesInsideThePaddedSignal) {
  EXPECT_EQ(num_frames(96213, {2048, 512}), 188);  // the notebook's
  EXPECT_EQ(num_frames(0, {2048, 512}), 1);
  EXPECT_EQ(num_frames(511, {2048, 512}), 1);
  EXPECT_EQ(num_frames(512, {2048, 512}), 2);
  EXPECT_EQ(num_frames(0, {441, 147}), 0);  // an odd frame is one sample longer than its padding
  EXPECT_EQ(num_frames(1, {441, 147}), 1);
  EXPECT_EQ(num_frames(147, {441, 147}), 1);
  EXPECT_EQ(num_frames(148, {441, 147}), 2);
}

TEST(NumBins, IsHalfOfTheFrameAndOne) {
  EXPECT_EQ(num_bins({2048, 512}), 1025);
  EXPECT_EQ(num_bins({441, 147}), 221);
}

}  // namespace
}  // namespace partwise
