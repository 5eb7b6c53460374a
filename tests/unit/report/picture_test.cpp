#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <partwise/error.hpp>
#include <partwise/report.hpp>

namespace partwise {
namespace {

constexpr double kBinHz = 22050.0 / 2048;
constexpr double kFrameSeconds = 512.0 / 22050;

SpectrogramPicture picture_of(const Matrix<float>& v, int power = 1) {
  return make_spectrogram_picture(v, power, kBinHz, kFrameSeconds);
}

int pixel(const SpectrogramPicture& picture, Index row, Index column) {
  return picture.pixels[static_cast<std::size_t>(row * picture.width + column)];
}

/// The row whose stretch of frequency holds `hz`.
Index row_of(const SpectrogramPicture& picture, double hz) {
  return static_cast<Index>(std::log(hz / picture.hz_min) /
                            std::log(picture.hz_max / picture.hz_min) *
                            static_cast<double>(picture.height));
}

TEST(SpectrogramPicture, ALineOfOneBinIsARidgeAtItsRow) {
  for (Index bin : {4, 20, 41, 100, 500, 1000}) {
    Matrix<float> v(1025, 30);
    for (Index t = 0; t < 30; ++t) v(bin, t) = 0.5F;
    const auto picture = picture_of(v);
    Index brightest = 0;
    for (Index r = 0; r < picture.height; ++r) {
      if (pixel(picture, r, 15) > pixel(picture, brightest, 15)) brightest = r;
    }
    // A bin's centre on the edge of two rows may fall to either by rounding.
    EXPECT_NEAR(static_cast<double>(brightest),
                static_cast<double>(row_of(picture, static_cast<double>(bin) * kBinHz)), 1)
        << "bin " << bin;
  }
}

TEST(SpectrogramPicture, TheAxesAreThoseOfTheHeader) {
  const auto picture = picture_of(Matrix<float>(1025, 30));
  EXPECT_EQ(picture.width, 30);
  EXPECT_EQ(picture.height, 512);
  EXPECT_DOUBLE_EQ(picture.hz_min, 32.7);
  EXPECT_DOUBLE_EQ(picture.hz_max, 11025);
  EXPECT_DOUBLE_EQ(picture.duration_s, 30 * kFrameSeconds);
  EXPECT_EQ(picture.db_min, -80);
  EXPECT_EQ(picture.db_max, 0);
  // Bins wider than C1 is high: the picture begins at bin 1.
  EXPECT_DOUBLE_EQ(make_spectrogram_picture(Matrix<float>(129, 3), 1, 172, 0.01).hz_min, 172);
}

TEST(SpectrogramPicture, DecibelsAreBelowTheLoudestForMagnitudesAndPowers) {
  Matrix<float> v(1025, 3);
  for (Index f = 0; f < 1025; ++f) {
    v(f, 0) = 8.0F;
    v(f, 1) = 0.8F;   // -20 dB as a magnitude, -10 dB as a power
    v(f, 2) = 8e-6F;  // -120 dB: below the picture's depth; -60 dB as a power
  }
  const auto magnitude = picture_of(v, 1), power = picture_of(v, 2);
  for (Index r : {0, 100, 400, 511}) {
    EXPECT_EQ(pixel(magnitude, r, 0), 255);
    EXPECT_EQ(pixel(magnitude, r, 1), 191);  // 255 * 60 / 80
    EXPECT_EQ(pixel(magnitude, r, 2), 0);
    EXPECT_EQ(pixel(power, r, 1), 223);  // 255 * 70 / 80
    EXPECT_EQ(pixel(power, r, 2), 64);   // 255 * 20 / 80
  }
}

TEST(SpectrogramPicture, APixelKeepsTheLoudestCellUnderIt) {
  // One click among 8000 frames and one line among the highest bins survive the reduction.
  Matrix<float> v(1025, 8000);
  for (Index f = 0; f < 1025; ++f) v(f, 4001) = 1;
  for (Index t = 0; t < 8000; ++t) v(901, t) = 1;
  const auto picture = picture_of(v);
  ASSERT_EQ(picture.width, 2048);
  for (Index r = 0; r < picture.height; ++r) EXPECT_EQ(pixel(picture, r, 4001 * 2048 / 8000), 255);
  for (Index c = 0; c < picture.width; ++c) {
    EXPECT_EQ(pixel(picture, row_of(picture, 901 * kBinHz), c), 255);
  }
}

TEST(SpectrogramPicture, EveryBinShownReachesSomePixel) {
  for (Index bin = 4; bin < 1025; ++bin) {
    Matrix<float> v(1025, 1);
    v(bin, 0) = 1;
    const auto picture = picture_of(v);
    EXPECT_EQ(*std::max_element(picture.pixels.begin(), picture.pixels.end()), 255)
        << "bin " << bin;
  }
}

TEST(SpectrogramPicture, TheHighestBinIsInTheHighestRowWhateverTheRounding) {
  for (Index bins : {5, 65, 129, 442, 501, 513, 1025, 2049, 2205, 4097, 8193}) {
    for (double rate : {8000.0, 22050.0, 44100.0, 48000.0, 96000.0}) {
      Matrix<float> v(bins, 1);
      v(bins - 1, 0) = 1;
      const double bin_hz = rate / 2 / static_cast<double>(bins - 1);
      const auto picture = make_spectrogram_picture(v, 1, bin_hz, 0.01, 100, 64);
      EXPECT_GT(pixel(picture, picture.height - 1, 0), 127) << bins << " bins at " << rate << " Hz";
    }
  }
}

TEST(SpectrogramPicture, LowBinsAreInterpolatedWithoutSteps) {
  Matrix<float> v(1025, 1);
  for (Index f = 0; f < 1025; ++f)
    v(f, 0) = static_cast<float>(std::pow(10, -static_cast<double>(f) / 20));
  const auto picture = picture_of(v);
  for (Index r = 1; r < row_of(picture, 50 * kBinHz); ++r) {
    const int fall = pixel(picture, r - 1, 0) - pixel(picture, r, 0);
    EXPECT_GE(fall, 0);
    EXPECT_LE(fall, 4);  // one dB a bin is 3.2 levels, and a row is narrower than a bin
  }
}

TEST(SpectrogramPicture, WhatLiesBelowThePictureDoesNotDimIt) {
  Matrix<float> v(1025, 2);
  v(0, 0) = 1e6F;  // DC
  v(200, 0) = 1;
  const auto picture = picture_of(v);
  EXPECT_EQ(*std::max_element(picture.pixels.begin(), picture.pixels.end()), 255);
}

TEST(SpectrogramPicture, SilenceIsAllDark) {
  const auto picture = picture_of(Matrix<float>(1025, 5));
  EXPECT_EQ(picture.pixels.size(), 5U * 512U);
  EXPECT_TRUE(
      std::all_of(picture.pixels.begin(), picture.pixels.end(), [](int p) { return p == 0; }));
}

TEST(SpectrogramPicture, OddShapesAndValuesGiveAPictureOfTheStatedSize) {
  for (Index bins : {0, 1, 2, 3, 5, 9}) {
    for (Index frames : {0, 1, 2}) {
      Matrix<float> v(bins, frames);
      for (Index t = 0; t < frames; ++t) std::fill_n(v.column(t), bins, 1.0F);
      const auto picture = make_spectrogram_picture(v, 1, 4000, 0.1, 7, 5);
      EXPECT_EQ(picture.pixels.size(), static_cast<std::size_t>(picture.width * picture.height));
      const bool drawn = bins >= 2 && frames >= 1;
      EXPECT_EQ(picture.width, drawn ? frames : 0);
      if (drawn) {
        EXPECT_EQ(pixel(picture, 0, 0), 255);
      }
    }
  }
  Matrix<float> v(9, 3);
  v(3, 0) = std::numeric_limits<float>::quiet_NaN();
  v(4, 0) = std::numeric_limits<float>::denorm_min();
  v(5, 1) = 1;
  EXPECT_NO_THROW((void)picture_of(v));
  v(6, 1) = std::numeric_limits<float>::infinity();
  EXPECT_NO_THROW((void)picture_of(v));
}

TEST(SpectrogramPicture, TheQuietestNumbersKeepTheirDistances) {
  Matrix<float> v(1025, 2);
  std::fill_n(v.column(0), 1025, 1e-40F);
  std::fill_n(v.column(1), 1025, 1e-41F);
  const auto picture = picture_of(v);
  EXPECT_EQ(pixel(picture, 300, 0), 255);
  EXPECT_NEAR(pixel(picture, 300, 1), 191, 1);  // 1e-41 has only 13 bits
}

TEST(SpectrogramPicture, ArgumentsOutOfRangeAreNamed) {
  const Matrix<float> v(9, 3);
  const auto message = [&](int power, double bin_hz, double frame_seconds, Index width,
                           Index height) {
    try {
      (void)make_spectrogram_picture(v, power, bin_hz, frame_seconds, width, height);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::usage);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message(3, 1, 1, 1, 1), "power = 3, expected 1 or 2");
  EXPECT_NE(message(1, 0, 1, 1, 1).find("bin_hz"), std::string::npos);
  EXPECT_NE(message(1, std::nan(""), 1, 1, 1).find("bin_hz"), std::string::npos);
  EXPECT_NE(message(1, 1, -1, 1, 1).find("frame_seconds"), std::string::npos);
  EXPECT_NE(message(1, 1, 1, 0, 1).find("max_width"), std::string::npos);
  EXPECT_NE(message(1, 1, 1, 1, 0).find("max_height"), std::string::npos);
}

}  // namespace
}  // namespace partwise
