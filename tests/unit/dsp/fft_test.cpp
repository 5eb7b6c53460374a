#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <dsp/fft.hpp>
#include <dsp/lane_transform.hpp>
#include <limits>
#include <numbers>
#include <partwise/matrix.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

template <class T>
class RealFft : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(RealFft, Precisions);

/// Powers of two with and without a last pass of radix 2, too large for one cache too; even, odd,
/// prime, prime and long enough for Bluestein's algorithm.
constexpr Index kLengths[] = {16, 17, 30, 32, 45, 64, 100, 441, 509, 512, 1000, 1024, 2048};

template <class T>
Matrix<T> noise_block(Index n) {
  const std::vector<float> values = test::noise(n * Rfft<T>::kLanes, 1);
  Matrix<T> block(n * Rfft<T>::kLanes, 1);
  std::copy(values.begin(), values.end(), block.data());
  return block;
}

/// The transform by its definition, in double.
std::complex<double> bin_by_definition(const double* samples, Index n, Index f) {
  std::complex<double> sum = 0;
  for (Index i = 0; i < n; ++i) {
    sum += samples[i] * std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i * f % n) /
                                            static_cast<double>(n));
  }
  return sum;
}

TYPED_TEST(RealFft, IsTheDefinitionOfTheTransformForEveryLane) {
  using T = TypeParam;
  constexpr Index kLanes = Rfft<T>::kLanes;
  for (const Index n : kLengths) {
    const Matrix<T> samples = noise_block<T>(n);
    Matrix<T> overwritten = samples, packed(samples.rows(), 1);
    Rfft<T>(n).forward(overwritten.data(), packed.data());
    // Bins of n values in [-0.5, 0.5) are about sqrt(n); the error of a good FFT is some eps of
    // that.
    const double tolerance =
        20 * std::numeric_limits<T>::epsilon() * std::sqrt(static_cast<double>(n));
    for (Index lane = 0; lane < kLanes; ++lane) {
      std::vector<double> sequence;
      for (Index i = 0; i < n; ++i) sequence.push_back(samples(i * kLanes + lane, 0));
      for (Index f = 0; f <= n / 2; ++f) {
        const std::complex<double> expected = bin_by_definition(sequence.data(), n, f);
        const Index row = real_row(f);
        ASSERT_NEAR(packed(row * kLanes + lane, 0), expected.real(), tolerance) << n << " " << f;
        if (f > 0 && f < num_complex_bins(n)) {
          ASSERT_NEAR(packed((row + 1) * kLanes + lane, 0), expected.imag(), tolerance)
              << n << " " << f;
        }
      }
    }
  }
}

TYPED_TEST(RealFft, InverseReturnsTheSamplesTimesTheirNumber) {
  using T = TypeParam;
  for (const Index n : kLengths) {
    const Matrix<T> samples = noise_block<T>(n);
    Matrix<T> block = samples, spectra(samples.rows(), 1);
    const Rfft<T> fft(n);
    fft.forward(block.data(), spectra.data());
    fft.inverse(spectra.data(), block.data());
    for (Index i = 0; i < block.rows(); ++i) {
      // Two transforms of O(log n) roundings each on values below 1.
      ASSERT_NEAR(block(i, 0) / static_cast<T>(n), samples(i, 0),
                  20 * std::numeric_limits<T>::epsilon())
          << n;
    }
  }
}

TYPED_TEST(RealFft, InverseTakesSpectraTimesGains) {
  using T = TypeParam;
  constexpr Index kLanes = Rfft<T>::kLanes;
  for (const Index n : kLengths) {
    const Matrix<T> spectra = noise_block<T>(n);
    const Matrix<T> gains = noise_block<T>(n / 2 + 1);
    Matrix<T> multiplied(spectra.rows(), 1), expected(spectra.rows(), 1), out(spectra.rows(), 1);
    for (Index row = 0; row < n; ++row) {
      for (Index lane = 0; lane < kLanes; ++lane) {
        const Index i = row * kLanes + lane;
        multiplied(i, 0) = spectra(i, 0) * gains((row + 1) / 2 * kLanes + lane, 0);
      }
    }
    const Rfft<T> fft(n);
    fft.inverse(multiplied.data(), expected.data());
    fft.inverse(spectra.data(), out.data(), gains.data());
    EXPECT_TRUE(test::same_bits(out, expected)) << n;
  }
}

}  // namespace
}  // namespace partwise
