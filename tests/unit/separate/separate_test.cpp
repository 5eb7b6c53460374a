#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/error.hpp>
#include <partwise/separate.hpp>
#include <support/compare.hpp>
#include <support/separation.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

constexpr StftOptions kStft{64, 16};
constexpr Index kSeveralBlocks = 40000;  // samples, for these options and three parts

template <class T>
class Separate : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Separate, Precisions);

/// Part k by the formula: the whole STFT of every channel, every cell times gain(f, t, V),
/// inverted.
template <class T, class Gain>
Matrix<float> by_the_formula(const Signal& mixture, const Gain& gain) {
  Reducer reducer;
  const RunControl control;
  const auto v = magnitude_spectrogram<T>(mixture, kStft, 1, reducer, control);
  Matrix<float> part(mixture.num_samples(), mixture.num_channels());
  for (Index c = 0; c < mixture.num_channels(); ++c) {
    auto spectra = stft<T>(mixture.samples.view().column_span(c), kStft);
    for (Index t = 0; t < spectra.cols(); ++t) {
      for (Index f = 0; f < spectra.rows(); ++f) {
        spectra(f, t) *= static_cast<float>(gain(f, t, static_cast<double>(v(f, t))));
      }
    }
    const auto samples = istft<T>(spectra, kStft, mixture.num_samples());
    std::copy(samples.begin(), samples.end(), part.column(c));
  }
  return part;
}

void expect_same_sound(const Matrix<float>& a, const Matrix<float>& b) {
  for (Index c = 0; c < b.cols(); ++c) {
    // Gains and products round in another order; samples are below 2.
    EXPECT_LE(test::difference_db(a.view().column_span(c), b.view().column_span(c)), -115);
  }
}

struct Model {
  Matrix<float> w = test::nonnegative_matrix(num_bins(kStft), 3, 1);
  Matrix<float> h;
  explicit Model(Index num_samples)
      : h(test::nonnegative_matrix(3, num_frames(num_samples, kStft), 2)) {}
  [[nodiscard]] double at(Index f, Index t, Index k) const {
    return static_cast<double>(w(f, k)) * h(k, t);
  }
};

TYPED_TEST(Separate, APartOfSeveralComponentsIsTheSumOfTheirParts) {
  const Signal mixture = test::noise_signal(kSeveralBlocks, 2, 3);
  const Model model(mixture.num_samples());
  for (const Resynthesis resynthesis : {Resynthesis::mask, Resynthesis::factors}) {
    for (const double exponent : {1.0, 2.0, 1.5}) {
      SeparateOptions options;
      options.resynthesis = resynthesis;
      options.mask_exponent = exponent;
      const auto apart = test::separate_whole<TypeParam>(mixture, model.w, model.h, kStft, options);
      options.groups = {{2, 0}};
      const auto together =
          test::separate_whole<TypeParam>(mixture, model.w, model.h, kStft, options, 3);
      ASSERT_EQ(together.size(), 2U);
      Matrix<float> sum(mixture.num_samples(), 2);
      for (Index c = 0; c < 2; ++c) {
        for (Index i = 0; i < sum.rows(); ++i) sum(i, c) = apart[0](i, c) + apart[2](i, c);
      }
      expect_same_sound(together[0], sum);
      EXPECT_TRUE(test::same_bits(together[1], apart[1]));
    }
  }
}

TYPED_TEST(Separate, MasksByTheFormula) {
  for (const Index channels : {1, 2}) {
    const Signal mixture = test::noise_signal(2000, channels, 3);
    const Model model(2000);
    for (const double p : {1.0, 2.0, 0.7}) {
      const auto parts = test::separate_whole<TypeParam>(mixture, model.w, model.h, kStft,
                                                         {.mask_exponent = p, .groups = {}});
      for (Index k = 0; k < 3; ++k) {
        expect_same_sound(parts[k],
                          by_the_formula<TypeParam>(mixture, [&](Index f, Index t, double) {
                            double sum = 0;
                            for (Index j = 0; j < 3; ++j) sum += std::pow(model.at(f, t, j), p);
                            return std::pow(model.at(f, t, k), p) / sum;
                          }));
      }
    }
  }
}

TYPED_TEST(Separate, FactorsByTheFormula) {
  for (const Index channels : {1, 2}) {
    const Signal mixture = test::noise_signal(2000, channels, 4);
    const Model model(2000);
    for (const int power : {1, 2}) {
      const auto parts = test::separate_whole<TypeParam>(
          mixture, model.w, model.h, kStft,
          {.resynthesis = Resynthesis::factors, .groups = {}, .power = power});
      for (Index k = 0; k < 3; ++k) {
        expect_same_sound(parts[k],
                          by_the_formula<TypeParam>(mixture, [&](Index f, Index t, double v) {
                            const double value = model.at(f, t, k);
                            return v > 0 ? (power == 1 ? value : std::sqrt(value)) / v : 0;
                          }));
      }
    }
  }
}

TYPED_TEST(Separate, FactorsThatAreTheSpectrogramGiveTheMixture) {
  const Signal mixture = test::noise_signal(1000, 1, 5);
  Reducer reducer;
  const RunControl control;
  for (const int power : {1, 2}) {
    const auto v = magnitude_spectrogram<TypeParam>(mixture, kStft, power, reducer, control);
    Matrix<float> identity(v.rows(), v.rows());  // K = F: W = I, H = V
    for (Index f = 0; f < v.rows(); ++f) identity(f, f) = 1;
    const auto parts = test::separate_whole<TypeParam>(
        mixture, identity, v, kStft,
        {.resynthesis = Resynthesis::factors, .groups = {}, .power = power});
    std::vector<float> sum(1000);
    for (Index i = 0; i < 1000; ++i) {
      double total = 0;
      for (const auto& part : parts) total += part(i, 0);
      sum[i] = static_cast<float>(total);
    }
    EXPECT_LE(test::difference_db(sum, mixture.samples.view().column_span(0)), -115);
  }
}

TYPED_TEST(Separate, FactorsOfSilenceAreSilent) {
  const Signal mixture{Matrix<float>(500, 2), 22050};
  const Model model(500);
  const auto parts = test::separate_whole<TypeParam>(
      mixture, model.w, model.h, kStft, {.resynthesis = Resynthesis::factors, .groups = {}});
  for (const auto& part : parts) EXPECT_TRUE(test::same_bits(part, mixture.samples));
}

TYPED_TEST(Separate, FactorsOfATinyMixtureStayFinite) {
  Signal mixture = test::noise_signal(500, 1, 6);
  test::multiply(mixture.samples, 1e-38F);
  const Model model(500);
  const auto parts = test::separate_whole<TypeParam>(
      mixture, model.w, model.h, kStft, {.resynthesis = Resynthesis::factors, .groups = {}});
  for (const auto& part : parts) {
    for (Index i = 0; i < 500; ++i) EXPECT_TRUE(std::isfinite(part(i, 0)));
  }
}

TYPED_TEST(Separate, KeepsAPartWhereItIsInTheStereoPicture) {
  Signal mixture = test::noise_signal(1000, 2, 7);
  for (Index i = 0; i < 1000; ++i) mixture.samples(i, 1) = -0.5F * mixture.samples(i, 0);
  const Model model(1000);
  const auto parts = test::separate_whole<TypeParam>(mixture, model.w, model.h, kStft, {});
  for (const auto& part : parts) {
    for (Index i = 0; i < 1000; ++i) EXPECT_EQ(part(i, 1), -0.5F * part(i, 0));
  }
}

TYPED_TEST(Separate, GivesNothingWhereNoWindowIs) {
  const StftOptions gaps{64, 64};
  const Signal mixture = test::noise_signal(200, 1, 8);
  const auto w = test::nonnegative_matrix(33, 2, 9);
  const auto h = test::nonnegative_matrix(2, num_frames(200, gaps), 10);
  const auto parts = test::separate_whole<TypeParam>(mixture, w, h, gaps, {});
  for (const Index i : {32, 96, 160}) {  // where windows begin, at 0
    for (const auto& part : parts) EXPECT_EQ(part(i, 0), 0);
  }
  EXPECT_NE(parts[0](33 + 16, 0), 0);
}

TYPED_TEST(Separate, TakesAnEmptySignal) {
  for (const StftOptions& options : {StftOptions{64, 16}, StftOptions{45, 11}}) {
    const Signal mixture{Matrix<float>(0, 1), 22050};
    const auto w = test::nonnegative_matrix(num_bins(options), 2, 11);
    const auto h = test::nonnegative_matrix(2, num_frames(0, options), 12);
    EXPECT_EQ(test::separate_whole<TypeParam>(mixture, w, h, options, {})[0].rows(), 0);
  }
}

TYPED_TEST(Separate, ReportsARisingShareThatEndsWithOne) {
  const Signal mixture = test::noise_signal(kSeveralBlocks, 1, 13);
  const Model model(kSeveralBlocks);
  Reducer reducer;
  const RunControl control;
  std::vector<double> shares;
  CallbackSink sink([](const PartsBlock&) {});
  separate<TypeParam>(mixture, {model.w, model.h, kStft, {}}, sink, reducer, control,
                      [&](double share) { shares.push_back(share); });
  ASSERT_GT(shares.size(), 2U);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_GT(shares.front(), 0);
  EXPECT_EQ(shares.back(), 1);
}

TYPED_TEST(Separate, EndsWithAnErrorOnceTheCallerStops) {
  const Signal mixture = test::noise_signal(kSeveralBlocks, 1, 14);
  const Model model(kSeveralBlocks);
  Reducer reducer;
  RunControl control;
  int blocks = 0;
  const auto stop_at_first = [&](const PartsBlock&) {
    ++blocks;
    control.stop = true;
  };
  try {
    CallbackSink sink(stop_at_first);
    separate<TypeParam>(mixture, {model.w, model.h, kStft, {}}, sink, reducer, control);
    FAIL() << "not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::stopped);
  }
  EXPECT_EQ(blocks, 1);
}

/// Writes down in which order it is called.
class RecordingSink final : public PartsSink {
 public:
  void begin(const PartsShape& shape) override {
    calls += "b";
    seen = shape;
  }
  void add(const PartsBlock& /*block*/) override {
    if (calls.back() != 'a') calls += "a";
  }
  void finish() override { calls += "f"; }

  std::string calls;
  PartsShape seen;
};

TYPED_TEST(Separate, TellsASinkTheShapeBeforeTheFirstBlockAndTheEndAfterTheLast) {
  const Signal mixture = test::noise_signal(kSeveralBlocks, 2, 14);
  const Model model(kSeveralBlocks);
  Reducer reducer;
  const RunControl control;
  RecordingSink sink;
  separate<TypeParam>(mixture, {model.w, model.h, kStft, {}}, sink, reducer, control);
  EXPECT_EQ(sink.calls, "baf");
  EXPECT_EQ(sink.seen.num_parts, model.w.cols());
  EXPECT_EQ(sink.seen.num_channels, 2);
  EXPECT_EQ(sink.seen.num_samples, kSeveralBlocks);
  EXPECT_EQ(sink.seen.sample_rate_hz, mixture.sample_rate_hz);
}

std::string refusal(const Matrix<float>& w, const Matrix<float>& h,
                    const SeparateOptions& options) {
  try {
    (void)test::separate_whole<float>(test::noise_signal(100, 1, 15), w, h, kStft, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    return error.what();
  }
  return "";
}

TEST(SeparateChecks, NameWhatDoesNotFit) {
  using M = Matrix<float>;
  const Index frames = num_frames(100, kStft);
  EXPECT_EQ(refusal(M(33, 2), M(2, frames), {}), "");
  EXPECT_EQ(refusal(M(33, 0), M(0, frames), {}), "columns of w = 0, expected 1 or more");
  EXPECT_EQ(refusal(M(32, 2), M(2, frames), {}), "rows of w = 32, expected 33 (bins)");
  EXPECT_EQ(refusal(M(33, 2), M(3, frames), {}), "rows of h = 3, expected 2 (columns of w)");
  EXPECT_EQ(refusal(M(33, 2), M(2, frames + 1), {}), "columns of h = 8, expected 7 (frames)");
  EXPECT_EQ(refusal(M(33, 2), M(2, frames), {.mask_exponent = 0, .groups = {}}),
            "mask_exponent = 0, expected 0.1..10");
  EXPECT_NE(refusal(M(33, 2), M(2, frames),
                    {.mask_exponent = std::numeric_limits<double>::quiet_NaN(), .groups = {}}),
            "");
  EXPECT_EQ(refusal(M(33, 2), M(2, frames), {.groups = {}, .power = 3}),
            "power = 3, expected 1 or 2");
}

}  // namespace
}  // namespace partwise
