#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

template <class T>
class Frames : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Frames, Precisions);

constexpr StftOptions kOddAndEven[] = {{64, 16}, {45, 11}, {31, 31}, {256, 100}};

TYPED_TEST(Frames, AloneHaveTheBitsTheyHaveInABatch) {
  for (const StftOptions& options : kOddAndEven) {
    const std::vector<float> samples = test::noise(10 * options.n_fft + 7, 3);
    const Matrix<std::complex<float>> batch = stft<TypeParam>(samples, options);
    FrameTransform<TypeParam> transform(options);
    Matrix<std::complex<float>> alone(batch.rows(), batch.cols());
    for (Index t = 0; t < batch.cols(); ++t) {
      transform.forward(samples, t, alone.view().columns(t, 1));
    }
    EXPECT_TRUE(test::same_bits(alone, batch)) << options.n_fft;
  }
}

TYPED_TEST(Frames, InvertedAloneHaveTheBitsTheyHaveInABatch) {
  for (const StftOptions& options : kOddAndEven) {
    const std::vector<float> samples = test::noise(10 * options.n_fft + 7, 4);
    const Matrix<std::complex<float>> spectra = stft<TypeParam>(samples, options);
    FrameTransform<TypeParam> transform(options);
    Matrix<TypeParam> batch(options.n_fft, spectra.cols());
    Matrix<TypeParam> alone(options.n_fft, spectra.cols());
    transform.inverse(spectra, batch);
    for (Index t = 0; t < spectra.cols(); ++t) {
      transform.inverse(spectra.view().columns(t, 1), alone.view().columns(t, 1));
    }
    EXPECT_TRUE(test::same_bits(alone, batch)) << options.n_fft;
  }
}

TYPED_TEST(Frames, OfACopyHaveTheSameBits) {
  const StftOptions options{64, 16};
  const std::vector<float> samples = test::noise(500, 5);
  FrameTransform<TypeParam> original(options);
  FrameTransform<TypeParam> copy(original);
  Matrix<std::complex<float>> a(33, 10), b(33, 10);
  original.forward(samples, 2, a);
  copy.forward(samples, 2, b);
  EXPECT_TRUE(test::same_bits(a, b));
}

TYPED_TEST(Frames, OfASineHaveTheirPeakInItsBin) {
  const StftOptions options{512, 128};
  for (const Index bin : {1, 7, 100, 255}) {
    std::vector<float> samples;
    for (Index i = 0; i < 2048; ++i) {
      samples.push_back(static_cast<float>(
          std::sin(2 * std::numbers::pi * static_cast<double>(bin * i) / 512.0)));
    }
    const auto spectra = stft<TypeParam>(samples, options);
    const Index t = 8;
    Index peak = 0;
    for (Index f = 0; f < spectra.rows(); ++f) {
      if (std::abs(spectra(f, t)) > std::abs(spectra(peak, t))) peak = f;
    }
    EXPECT_EQ(peak, bin);
    // A sine of amplitude 1 under a Hann window of sum n/2 has the magnitude n/4.
    EXPECT_NEAR(std::abs(spectra(peak, t)), 128, 1e-3);
  }
}

TYPED_TEST(Frames, IgnoreImaginaryPartsThatARealSignalCannotHave) {
  const StftOptions options{64, 16};
  Matrix<std::complex<float>> spectra(33, 1), polluted(33, 1);
  spectra(0, 0) = 2;
  spectra(32, 0) = 3;
  polluted(0, 0) = {2, 5};
  polluted(32, 0) = {3, -7};
  FrameTransform<TypeParam> transform(options);
  Matrix<TypeParam> a(64, 1), b(64, 1);
  transform.inverse(spectra, a);
  transform.inverse(polluted, b);
  EXPECT_TRUE(test::same_bits(a, b));
}

TYPED_TEST(Frames, RefuseOptionsOutOfRange) {
  EXPECT_THROW(FrameTransform<TypeParam>({8, 4}), Error);
  EXPECT_THROW(FrameTransform<TypeParam>({64, 65}), Error);
}

}  // namespace
}  // namespace partwise
