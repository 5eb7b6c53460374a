#include <gtest/gtest.h>

#include <limits>
#include <partwise/decibels.hpp>
#include <partwise/error.hpp>

namespace partwise {
namespace {

Matrix<float> row(std::initializer_list<float> values) {
  Matrix<float> matrix(static_cast<Index>(values.size()), 1);
  std::copy(values.begin(), values.end(), matrix.data());
  return matrix;
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(AmplitudeToDb, GivesTwentyForEveryFactorOfTen) {
  const Matrix<float> db = amplitude_to_db(row({1, 10, 0.1F, -100}));
  EXPECT_FLOAT_EQ(db(0, 0), 0);
  EXPECT_FLOAT_EQ(db(1, 0), 20);
  EXPECT_FLOAT_EQ(db(2, 0), -20);
  EXPECT_FLOAT_EQ(db(3, 0), 40);  // the sign does not count
}

TEST(AmplitudeToDb, ReachesNoLowerThanTheRangeBelowThePeakOfAllColumns) {
  Matrix<float> amplitude(1, 3);
  amplitude(0, 0) = 1e-4F;
  amplitude(0, 1) = 1;
  amplitude(0, 2) = 1e-4F;
  const Matrix<float> db = amplitude_to_db(amplitude, {.range_db = 60});
  EXPECT_FLOAT_EQ(db(0, 0), -60);
  EXPECT_FLOAT_EQ(db(0, 2), -60);
}

TEST(AmplitudeToDb, OfSilenceIsTheFloorEverywhere) {
  const Matrix<float> db = amplitude_to_db(row({0, 0}));
  EXPECT_FLOAT_EQ(db(0, 0), -100);
  EXPECT_FLOAT_EQ(db(1, 0), -100);
}

TEST(AmplitudeToDb, StaysFiniteFromTheSmallestToTheLargestFloat) {
  const float smallest = std::numeric_limits<float>::denorm_min();
  const float largest = std::numeric_limits<float>::max();
  const Matrix<float> db =
      amplitude_to_db(row({smallest, largest}), {.floor_amplitude = 1e-50, .range_db = kInfinity});
  EXPECT_NEAR(db(0, 0), -897.07, 0.01);
  EXPECT_NEAR(db(1, 0), 770.64, 0.01);
}

TEST(AmplitudeToDb, OfNothingIsNothing) {
  EXPECT_TRUE(amplitude_to_db(Matrix<float>(0, 3)).empty());
  EXPECT_TRUE(amplitude_to_db(Matrix<float>(3, 0)).empty());
}

TEST(AmplitudeToDb, RefusesOptionsOutOfRange) {
  const Matrix<float> a = row({1});
  EXPECT_THROW((void)amplitude_to_db(a, {.reference = 0}), Error);
  EXPECT_THROW((void)amplitude_to_db(a, {.reference = kInfinity}), Error);
  EXPECT_THROW((void)amplitude_to_db(a, {.floor_amplitude = -1}), Error);
  EXPECT_THROW((void)amplitude_to_db(a, {.range_db = 0}), Error);
  EXPECT_THROW((void)amplitude_to_db(a, {.range_db = std::numeric_limits<double>::quiet_NaN()}),
               Error);
}

}  // namespace
}  // namespace partwise
