#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/stft.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

template <class T>
class Stft : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Stft, Precisions);

/// Even, odd and prime frames: one below and one above where pocketfft turns to Bluestein.
constexpr Index kFrames[] = {16, 17, 45, 64, 441, 509, 1024};

/// 20 log10 of the largest difference times the root of the window's sum of squares there, at
/// most 1. Behind the last frame's centre samples are covered by a window's rim alone, down to 4e-5
/// of it for a hop of N/2: the rounding of spectra to float is then divided by that. librosa's
/// framing has it so.
double weighted_difference_db(const std::vector<float>& y, const std::vector<float>& x,
                              const StftOptions& options) {
  if (y.size() != x.size()) return std::numeric_limits<double>::infinity();
  std::vector<double> weight(x.size());
  window_sum_square(options, num_frames(static_cast<Index>(x.size()), options), 0, weight);
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double solidity = std::min(1.0, std::sqrt(weight[i]));
    const double difference = std::abs(static_cast<double>(y[i]) - x[i]) * solidity;
    if (!(difference <= worst)) worst = difference;
  }
  return 20 * std::log10(worst);
}

TYPED_TEST(Stft, InvertedReturnsTheSignal) {
  for (const Index n : kFrames) {
    for (const Index hop : {n / 8, n / 4, n / 3, n / 2}) {
      const StftOptions options{n, hop};
      for (const Index length : {Index{0}, Index{1}, n - 1, n, n + 1, 10 * n + 7}) {
        const std::vector<float> x = test::noise(length, static_cast<std::uint32_t>(n));
        const auto spectra = stft<TypeParam>(x, options);
        const std::vector<float> y = istft<TypeParam>(spectra, options, length);
        const double db =
            hop <= n / 4 ? test::difference_db(y, x) : weighted_difference_db(y, x, options);
        EXPECT_LE(db, -120) << "n_fft " << n << ", hop " << hop << ", length " << length;
      }
    }
  }
}

TYPED_TEST(Stft, KeepsTheEnergyOfAFrame) {
  for (const Index n : kFrames) {
    const std::vector<float> x = test::noise(n, 7);
    const StftOptions options{n, n};
    Matrix<std::complex<float>> spectrum(num_bins(options), 1);
    // Frame 1 begins at sample n - n/2: there the signal is put.
    FrameTransform<TypeParam> transform(options);
    std::vector<float> padded(static_cast<std::size_t>(2 * n), 0.0F);
    std::copy(x.begin(), x.end(), padded.begin() + (n - n / 2));
    transform.forward(padded, 1, spectrum);
    const std::vector<double> window = hann_window(n);
    double in_time = 0, in_frequency = 0;
    for (Index i = 0; i < n; ++i) in_time += std::pow(window[i] * x[i], 2);
    for (Index f = 0; f < spectrum.rows(); ++f) {
      const bool has_mirror_image = f > 0 && 2 * f < n;
      in_frequency += (has_mirror_image ? 2 : 1) * std::norm(std::complex<double>(spectrum(f, 0)));
    }
    // Rounding of spectra to float, relative
    EXPECT_NEAR(in_frequency / static_cast<double>(n) / in_time, 1, 1e-6) << n;
  }
}

/// Every value times 2^exponent.
Signal scaled(const Signal& signal, int exponent) {
  Signal out = signal;
  for (Index c = 0; c < out.num_channels(); ++c) {
    for (Index i = 0; i < out.num_samples(); ++i) {
      out.samples(i, c) = std::ldexp(signal.samples(i, c), exponent);
    }
  }
  return out;
}

TYPED_TEST(Stft, ScalesMagnitudesByTheBitForPowersOfTwo) {
  Reducer reducer;
  const RunControl control;
  for (const StftOptions& options : {StftOptions{64, 16}, StftOptions{45, 11}}) {
    for (const Index channels : {1, 2, 3}) {
      const Signal signal = test::noise_signal(1000, channels, 11);
      const auto v = magnitude_spectrogram<TypeParam>(signal, options, 1, reducer, control);
      for (const int exponent : {-60, -1, 1, 40}) {
        Matrix<float> expected = v;
        for (Index t = 0; t < v.cols(); ++t) {
          for (Index f = 0; f < v.rows(); ++f) expected(f, t) = std::ldexp(v(f, t), exponent);
        }
        const auto ours = magnitude_spectrogram<TypeParam>(scaled(signal, exponent), options, 1,
                                                           reducer, control);
        EXPECT_TRUE(test::same_bits(ours, expected)) << exponent;
      }
    }
  }
}

TYPED_TEST(Stft, HasFiniteMagnitudesFromTheTiniestToTheLoudestSignal) {
  Reducer reducer;
  const RunControl control;
  const Signal signal = test::noise_signal(500, 2, 13);
  const auto v = magnitude_spectrogram<TypeParam>(signal, {64, 16}, 1, reducer, control);
  for (const float scale : {1e-30F, 1e30F}) {
    Signal other = signal;
    for (Index c = 0; c < 2; ++c) {
      for (Index i = 0; i < 500; ++i) other.samples(i, c) *= scale;
    }
    auto w = magnitude_spectrogram<TypeParam>(other, {64, 16}, 1, reducer, control);
    for (Index t = 0; t < w.cols(); ++t) {
      for (Index f = 0; f < w.rows(); ++f) w(f, t) /= scale;
    }
    EXPECT_TRUE(test::matrices_close(w, v, 1e-6)) << scale;  // every sample was rounded anew
  }
}

TYPED_TEST(Stft, InvertedIsSilentBehindTheLastFrame) {
  const StftOptions options{64, 16};
  const std::vector<float> x = test::noise(64, 17);
  const auto spectra = stft<TypeParam>(x, options);
  const std::vector<float> y = istft<TypeParam>(spectra, options, 1000);
  EXPECT_LE(test::difference_db(std::span(y).first(64), x), -120);
  const Index end_of_last_frame = (spectra.cols() - 1) * 16 + 32;
  for (Index i = end_of_last_frame; i < 1000; ++i) EXPECT_EQ(y[i], 0);
}

}  // namespace
}  // namespace partwise
