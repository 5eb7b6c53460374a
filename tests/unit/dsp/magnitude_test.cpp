#include <gtest/gtest.h>

#include <cmath>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>
#include <support/sources.hpp>

namespace partwise {
namespace {

void expect_close(const Matrix<float>& ours, const Matrix<double>& expected) {
  constexpr double kUlp = 1.2e-7;  // of float
  EXPECT_TRUE(test::matrices_close(ours.view(), expected.view(), kUlp));
}

template <class T>
class Magnitudes : public ::testing::Test {
 protected:
  static Matrix<float> of(const Signal& signal, const StftOptions& options, int power = 1,
                          int threads = 1) {
    Reducer reducer(threads);
    const RunControl control;
    return magnitude_spectrogram<T>(signal, options, power, reducer, control);
  }
};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Magnitudes, Precisions);

TYPED_TEST(Magnitudes, OfOneChannelAreThoseOfItsStft) {
  for (const StftOptions& options :
       {StftOptions{64, 16}, StftOptions{45, 11}, StftOptions{63, 20}}) {
    const Signal signal = test::noise_signal(3000, 1, 1);
    const auto spectra = stft<TypeParam>(signal.samples.view().column_span(0), options);
    Matrix<float> expected(spectra.rows(), spectra.cols());
    for (Index t = 0; t < expected.cols(); ++t) {
      for (Index f = 0; f < expected.rows(); ++f) {
        expected(f, t) = std::hypot(spectra(f, t).real(), spectra(f, t).imag());
      }
    }
    // hypot may round the last bit the other way: 1 ulp of values that are all below the maximum
    EXPECT_TRUE(test::matrices_close(this->of(signal, options), expected, 6e-8));
  }
}

TYPED_TEST(Magnitudes, OfSeveralChannelsAreTheirQuadraticMean) {
  const StftOptions options{64, 16};
  const Signal signal = test::noise_signal(1000, 3, 2);
  Matrix<double> expected(num_bins(options), num_frames(1000, options));
  for (Index c = 0; c < 3; ++c) {
    const auto spectra = stft<TypeParam>(signal.samples.view().column_span(c), options);
    for (Index t = 0; t < expected.cols(); ++t) {
      for (Index f = 0; f < expected.rows(); ++f) {
        expected(f, t) += std::norm(std::complex<double>(spectra(f, t))) / 3;
      }
    }
  }
  expect_close(this->of(signal, options, 2), expected);
  for (Index t = 0; t < expected.cols(); ++t) {
    for (Index f = 0; f < expected.rows(); ++f) expected(f, t) = std::sqrt(expected(f, t));
  }
  expect_close(this->of(signal, options, 1), expected);
}

TYPED_TEST(Magnitudes, OfASignalTwiceInStereoAreThoseOfTheSignal) {
  const Signal mono = test::noise_signal(1000, 1, 3);
  Signal stereo{Matrix<float>(1000, 2), 22050};
  for (Index c = 0; c < 2; ++c) {
    std::copy_n(mono.samples.column(0), 1000, stereo.samples.column(c));
  }
  EXPECT_TRUE(test::same_bits(this->of(stereo, {64, 16}), this->of(mono, {64, 16})));
}

TYPED_TEST(Magnitudes, HaveTheSameBitsForAnyNumberOfThreads) {
  const Signal signal = test::noise_signal(20000, 2, 4);
  const Matrix<float> one = this->of(signal, {64, 16}, 1, 1);
  EXPECT_TRUE(test::same_bits(this->of(signal, {64, 16}, 1, 3), one));
}

TYPED_TEST(Magnitudes, OfASourceReadInRangesAreThoseOfTheSignal) {
  Reducer reducer(2);
  const RunControl control;
  for (const StftOptions& options :
       {StftOptions{64, 16}, StftOptions{45, 11}, StftOptions{63, 63}, StftOptions{17, 1}}) {
    for (const Index samples : {1, 5, 63, 2999}) {
      const Signal signal = test::noise_signal(samples, 2, 9);
      const auto source = test::as_wav_source(signal);
      const auto v = magnitude_spectrogram<TypeParam>(*source, options, 1, reducer, control);
      EXPECT_TRUE(test::same_bits(v, this->of(signal, options))) << samples << " samples";
    }
  }
}

TYPED_TEST(Magnitudes, OfNothingAreOneFrameOfZeros) {
  const Matrix<float> v = this->of(Signal{Matrix<float>(0, 1), 22050}, {64, 16});
  ASSERT_EQ(v.cols(), 1);
  for (Index f = 0; f < v.rows(); ++f) EXPECT_EQ(v(f, 0), 0);
}

TYPED_TEST(Magnitudes, EndWithAnErrorOnceTheCallerStops) {
  Reducer reducer(2);
  RunControl control;
  control.stop = true;
  try {
    (void)magnitude_spectrogram<TypeParam>(test::noise_signal(9000, 1, 5), {64, 16}, 1, reducer,
                                           control);
    FAIL() << "not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::stopped);
  }
}

TYPED_TEST(Magnitudes, RefuseAPowerThatIsNeitherOneNorTwo) {
  EXPECT_THROW(this->of(test::noise_signal(100, 1, 6), {64, 16}, 3), Error);
}

}  // namespace
}  // namespace partwise
