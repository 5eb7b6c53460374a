// Gains that a caller gives in place of masks.
#include <gtest/gtest.h>

#include <partwise/error.hpp>
#include <partwise/separate.hpp>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/separation.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

constexpr StftOptions kStft{64, 16};
constexpr Index kSeveralBlocks = 40000;  // samples, for these options and three parts
constexpr Index kParts = 3;

struct Model {
  Matrix<float> w = test::nonnegative_matrix(num_bins(kStft), kParts, 1);
  Matrix<float> h = test::nonnegative_matrix(kParts, num_frames(kSeveralBlocks, kStft), 2);
};

/// The masks of a model with exponent 1, as a caller would compute them.
class RatioMasks final : public GainSource {
 public:
  explicit RatioMasks(const Model& model) : model_(model) {}
  void fill(Index k, Index first_frame, MatrixView<float> out) const override {
    for (Index n = 0; n < out.cols; ++n) {
      for (Index f = 0; f < out.rows; ++f) {
        float sum = 0;
        for (Index j = 0; j < kParts; ++j) sum += model_.w(f, j) * model_.h(j, first_frame + n);
        out(f, n) = model_.w(f, k) * model_.h(k, first_frame + n) / sum;
      }
    }
  }

 private:
  const Model& model_;
};

template <class T>
std::vector<Matrix<float>> parts_by(const Signal& mixture, const SeparationModel& model) {
  Reducer reducer(2);
  const RunControl control;
  std::vector<Matrix<float>> parts(part_groups(model.options.groups, kParts).size(),
                                   Matrix<float>(mixture.num_samples(), mixture.num_channels()));
  CallbackSink sink([&](const PartsBlock& block) {
    for (std::size_t k = 0; k < parts.size(); ++k) {
      for (Index c = 0; c < mixture.num_channels(); ++c) {
        std::copy_n(block.parts[k].column(c), block.count, parts[k].column(c) + block.first_sample);
      }
    }
  });
  separate<T>(mixture, model, sink, reducer, control);
  return parts;
}

void expect_same_sound(const std::vector<Matrix<float>>& a, const std::vector<Matrix<float>>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    for (Index c = 0; c < a[k].cols(); ++c) {
      // Gains round in another order; samples are below 2.
      EXPECT_LE(test::difference_db(a[k].view().column_span(c), b[k].view().column_span(c)), -115);
    }
  }
}

template <class T>
class GivenGains : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(GivenGains, Precisions);

TYPED_TEST(GivenGains, OfTheModelGiveThePartsOfItsMasks) {
  const Model model;
  const RatioMasks masks(model);
  const Signal mixture = test::noise_signal(kSeveralBlocks, 2, 3);
  for (const PartGroups& groups : {PartGroups{}, PartGroups{{0, 2}}}) {
    SeparateOptions options;
    options.groups = groups;
    const SeparationModel given{model.w, model.h, kStft, options, nullptr, &masks};
    expect_same_sound(parts_by<TypeParam>(mixture, given),
                      test::separate_whole<TypeParam>(mixture, model.w, model.h, kStft, options));
  }
}

TEST(GivenGainsChecks, FactorsAndRefinementsAreRefused) {
  const Model model;
  const RatioMasks masks(model);
  const Signal mixture = test::noise_signal(kSeveralBlocks, 1, 3);
  SeparationModel given{model.w, model.h, kStft, {}, nullptr, &masks};
  given.options.resynthesis = Resynthesis::factors;
  EXPECT_TRUE(test::throws_error([&] { (void)parts_by<float>(mixture, given); }, ErrorCode::usage,
                                 "resynthesis = factors with gains that are given, expected mask"));
}

}  // namespace
}  // namespace partwise
