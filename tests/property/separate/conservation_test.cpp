#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/separate.hpp>
#include <support/compare.hpp>
#include <support/separation.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

template <class T>
class Masks : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Masks, Precisions);

/// Weights below this share of their maximum make rounding visible; numerics at the very rim of a
/// lone window are not what these tests are about.
constexpr double kSolidWeight = 0.01;

/// 20 log10 of the largest difference between the sum of parts and the mixture where frames cover
/// it.
double missing_db(const std::vector<Matrix<float>>& parts, const Signal& mixture,
                  const StftOptions& options) {
  std::vector<double> weight(static_cast<std::size_t>(mixture.num_samples()));
  window_sum_square(options, num_frames(mixture.num_samples(), options), 0, weight);
  double worst = 0;
  for (Index c = 0; c < mixture.num_channels(); ++c) {
    for (Index i = 0; i < mixture.num_samples(); ++i) {
      if (weight[i] < kSolidWeight) continue;
      double sum = 0;
      for (const Matrix<float>& part : parts) sum += part(i, c);
      const double difference = std::abs(sum - mixture.samples(i, c));
      if (!(difference <= worst)) worst = difference;
    }
  }
  return 20 * std::log10(worst);
}

TYPED_TEST(Masks, AddUpToTheMixture) {
  for (const double exponent : {0.1, 0.5, 1.0, 1.5, 2.0, 10.0}) {
    for (const Index channels : {1, 2, 3}) {
      for (const StftOptions& options :
           {StftOptions{64, 16}, StftOptions{45, 11}, StftOptions{31, 15}, StftOptions{64, 60}}) {
        for (const Index length : {Index{1}, options.n_fft, 40 * options.n_fft + 7}) {
          const Signal mixture = test::noise_signal(length, channels, 1);
          const auto w = test::nonnegative_matrix(num_bins(options), 5, 2);
          const auto h = test::nonnegative_matrix(5, num_frames(length, options), 3);
          const auto parts =
              test::separate_whole<TypeParam>(mixture, w, h, options, {.mask_exponent = exponent});
          // Full scale is 1: float rounding of five parts and of the transform, over a weight of
          // 0.01
          EXPECT_LE(missing_db(parts, mixture, options), -115)
              << "p " << exponent << ", " << channels << " channels, n_fft " << options.n_fft
              << ", hop " << options.hop_length << ", length " << length;
        }
      }
    }
  }
}

TYPED_TEST(Masks, AddUpToTheMixtureWhereBlocksAndSegmentsMeet) {
  struct Case {
    StftOptions options;
    Index length;
  };
  // Several blocks; frames that overlap longer than a usual segment; windows that hardly overlap.
  for (const auto& [options, length] :
       {Case{{64, 16}, 40001}, {{64, 1}, 9000}, {{256, 5}, 30000}, {{64, 40}, 60000}}) {
    const Signal mixture = test::noise_signal(length, 2, 18);
    const auto w = test::nonnegative_matrix(num_bins(options), 20, 19);
    const auto h = test::nonnegative_matrix(20, num_frames(length, options), 20);
    const auto parts = test::separate_whole<TypeParam>(mixture, w, h, options, {}, 2);
    // As above, of twenty parts.
    EXPECT_LE(missing_db(parts, mixture, options), -113)
        << "n_fft " << options.n_fft << ", hop " << options.hop_length;
  }
}

TYPED_TEST(Masks, AddUpToTheMixtureForFactorsAsSmallAsFloatAllows) {
  const StftOptions options{64, 16};
  const Signal mixture = test::noise_signal(1000, 1, 4);
  for (const float scale : {1e-30F, 1e30F}) {
    for (const double exponent : {1.0, 2.0, 3.0}) {
      auto w = test::nonnegative_matrix(33, 4, 5);
      auto h = test::nonnegative_matrix(4, num_frames(1000, options), 6);
      const auto expected =
          test::separate_whole<TypeParam>(mixture, w, h, options, {.mask_exponent = exponent});
      test::multiply(w, scale);
      test::multiply(h, scale);
      const auto parts =
          test::separate_whole<TypeParam>(mixture, w, h, options, {.mask_exponent = exponent});
      EXPECT_LE(missing_db(parts, mixture, options), -115) << scale;
      // The ratio is the same: only the rounding of w and h differs.
      for (Index k = 0; k < 4; ++k) {
        EXPECT_LE(
            test::difference_db(parts[k].view().column_span(0), expected[k].view().column_span(0)),
            -110)
            << scale << " " << exponent;
      }
    }
  }
}

TYPED_TEST(Masks, ShareCellsThatNoPartCoversEvenly) {
  const StftOptions options{64, 16};
  const Signal mixture = test::noise_signal(1000, 2, 7);
  const Matrix<float> w(33, 4);
  const auto h = test::nonnegative_matrix(4, num_frames(1000, options), 8);
  for (const double exponent : {1.0, 1.5, 2.0}) {
    const auto parts =
        test::separate_whole<TypeParam>(mixture, w, h, options, {.mask_exponent = exponent});
    for (const Matrix<float>& part : parts) {
      for (Index c = 0; c < 2; ++c) {
        std::vector<float> quarter(mixture.samples.column(c), mixture.samples.column(c) + 1000);
        for (float& value : quarter) value /= 4;
        EXPECT_LE(test::difference_db(part.view().column_span(c), quarter), -120);
      }
    }
  }
}

TYPED_TEST(Masks, OfOnePartReturnTheMixture) {
  const StftOptions options{64, 16};
  const Signal mixture = test::noise_signal(777, 2, 9);
  const auto w = test::nonnegative_matrix(33, 1, 10);
  const auto h = test::nonnegative_matrix(1, num_frames(777, options), 11);
  const auto parts = test::separate_whole<TypeParam>(mixture, w, h, options, {});
  for (Index c = 0; c < 2; ++c) {
    EXPECT_LE(
        test::difference_db(parts[0].view().column_span(c), mixture.samples.view().column_span(c)),
        -120);
  }
}

TYPED_TEST(Masks, ScaleTheirPartsByTheBitWithTheMixture) {
  const StftOptions options{64, 16};
  const Signal mixture = test::noise_signal(1000, 2, 12);
  Signal louder = mixture;
  test::multiply(louder.samples, 8);
  const auto w = test::nonnegative_matrix(33, 3, 13);
  const auto h = test::nonnegative_matrix(3, num_frames(1000, options), 14);
  auto parts = test::separate_whole<TypeParam>(mixture, w, h, options, {});
  const auto louder_parts = test::separate_whole<TypeParam>(louder, w, h, options, {});
  for (std::size_t k = 0; k < parts.size(); ++k) {
    test::multiply(parts[k], 8);
    EXPECT_TRUE(test::same_bits(louder_parts[k], parts[k]));
  }
}

TYPED_TEST(Masks, AndFactorsHaveTheSameBitsForAnyNumberOfThreads) {
  const StftOptions options{64, 16};
  const Signal mixture = test::noise_signal(5000, 2, 15);
  const auto w = test::nonnegative_matrix(33, 5, 16);
  const auto h = test::nonnegative_matrix(5, num_frames(5000, options), 17);
  for (const Resynthesis resynthesis : {Resynthesis::mask, Resynthesis::factors}) {
    const SeparateOptions how{.resynthesis = resynthesis};
    const auto one = test::separate_whole<TypeParam>(mixture, w, h, options, how, 1);
    const auto three = test::separate_whole<TypeParam>(mixture, w, h, options, how, 3);
    for (std::size_t k = 0; k < one.size(); ++k) EXPECT_TRUE(test::same_bits(one[k], three[k]));
  }
}

}  // namespace
}  // namespace partwise
