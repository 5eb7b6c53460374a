// The gate of the drum method against its definition, and the refinement of parts on a signal whose
// hits are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <partwise/drums.hpp>
#include <random>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>
#include <vector>

namespace partwise {
namespace {

double median_of(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Index mirror(Index i, Index count) {
  while (i < 0 || i >= count) i = i < 0 ? -1 - i : 2 * count - 1 - i;
  return i;
}

double share_by_definition(const Matrix<float>& v) {
  double percussive = 0, all = 0;
  for (Index n = 0; n < v.cols(); ++n) {
    for (Index f = 0; f < v.rows(); ++f) {
      std::vector<float> over_bins, over_frames;
      for (Index i = -8; i <= 8; ++i) {
        over_bins.push_back(v(mirror(f + i, v.rows()), n));
        over_frames.push_back(v(f, mirror(n + i, v.cols())));
      }
      const double p = median_of(over_bins), h = median_of(over_frames);
      all += v(f, n);
      if (p > 0) percussive += v(f, n) * p * p / (p * p + h * h);
    }
  }
  return percussive / all;
}

TEST(PercussiveShare, IsThatOfItsDefinition) {
  Reducer reducer(2);
  for (const Index bins : {1, 5, 16, 17, 40}) {
    for (const Index frames : {1, 3, 25}) {
      const auto v = test::random_matrix<float>(bins, frames, 7);
      EXPECT_NEAR(percussive_share(v, reducer), share_by_definition(v), 1e-6)
          << bins << " bins, " << frames << " frames";
    }
  }
}

TEST(PercussiveShare, TellsClicksFromTones) {
  Reducer reducer;
  Matrix<float> clicks(60, 100), tones(60, 100);
  for (Index n = 0; n < 100; ++n) {
    for (Index f = 0; f < 60; ++f) {
      clicks(f, n) = n % 25 == 0 ? 1.0F : 0.001F;
      tones(f, n) = f % 20 == 0 ? 1.0F : 0.001F;
    }
  }
  EXPECT_GT(percussive_share(clicks, reducer), 0.95);
  EXPECT_LT(percussive_share(tones, reducer), 0.05);
}

TEST(PercussiveShare, OfSilenceAndOfNothingIsZero) {
  Reducer reducer;
  EXPECT_EQ(percussive_share(Matrix<float>(9, 30), reducer), 0);
  EXPECT_EQ(percussive_share(Matrix<float>(), reducer), 0);
}

/// Two sounds that decay over six frames, struck at known frames, each cut into two components by
/// bins.
struct Drums {
  static constexpr Index kBins = 24, kFrames = 120;
  Matrix<float> v{kBins, kFrames}, first{kBins, kFrames};
  Matrix<float> w{kBins, 4}, h{4, kFrames};
  PartGroups groups{{0, 1}, {2, 3}};

  Drums() {
    for (const Index at : {5, 40, 70, 100}) strike(0, at);
    for (const Index at : {20, 40, 85, 104}) strike(12, at);
  }
  void strike(Index low, Index at) {
    for (Index l = 0; l < 6; ++l) {
      for (Index f = low; f < low + 12; ++f) {
        const float x = std::exp(-0.1F * static_cast<float>(f - low)) / static_cast<float>(1 << l);
        v(f, at + l) += x;
        if (low == 0) first(f, at + l) += x;
        const Index k = low / 12 * 2 + (f - low) / 6;
        w(f, k) = std::exp(-0.1F * static_cast<float>(f - low));
        h(k, at + l) = 1 / static_cast<float>(1 << l);
      }
    }
  }
};

TEST(RefineParts, ModelsEveryPartByOneTemplateAndItsHits) {
  const Drums drums;
  Reducer reducer(2);
  const RunControl control;
  const PartRefinement found =
      refine_parts(drums.v.view(), drums.w.view(), drums.h.view(), drums.groups, reducer, control);
  ASSERT_EQ(found.part_of, (std::vector<Index>{0, 0, 1, 1}));
  const Matrix<float> shifted = shifted_activations<float>(found.factors.h, 10);
  double error = 0, all = 0;
  for (Index n = 0; n < Drums::kFrames; ++n) {
    for (Index f = 0; f < Drums::kBins; ++f) {
      double model = 0;
      for (Index l = 0; l < 10; ++l) model += found.factors.w(f, 2 * l) * shifted(2 * l, n);
      error += std::pow(model - drums.first(f, n), 2);
      all += std::pow(drums.first(f, n), 2);
    }
  }
  EXPECT_LT(error, 1e-3 * all);
}

TEST(RefineParts, ThreadsDoNotChangeABit) {
  const auto v = test::random_data<float>(257, 400, 5, 3);
  const auto w = test::random_matrix<float>(257, 6, 1), h = test::random_matrix<float>(6, 400, 2);
  const RunControl control;
  const auto run = [&](int threads) {
    Reducer reducer(threads);
    return refine_parts(v.view(), w.view(), h.view(), {{0, 3}, {1, 2, 4}, {5}}, reducer, control);
  };
  const auto one = run(1), three = run(3);
  EXPECT_TRUE(test::same_bits(one.factors.w, three.factors.w));
  EXPECT_TRUE(test::same_bits(one.factors.h, three.factors.h));
}

TEST(RefineParts, ASilentPartStaysSilent) {
  Drums drums;
  for (Index n = 0; n < Drums::kFrames; ++n) drums.h(2, n) = drums.h(3, n) = 0;
  Reducer reducer;
  const RunControl control;
  const PartRefinement found =
      refine_parts(drums.v.view(), drums.w.view(), drums.h.view(), drums.groups, reducer, control);
  for (Index n = 0; n < Drums::kFrames; ++n) {
    EXPECT_EQ(found.factors.h(1, n), 0) << n;
    EXPECT_TRUE(std::isfinite(found.factors.h(0, n)));
  }
}

TEST(RefineParts, HearsTheSameInSoundAsQuietOrLoudAsFloatAllows) {
  Reducer reducer;
  const RunControl control;
  const Drums drums;
  const auto run = [&](float scale) {
    Drums scaled = drums;
    for (Index n = 0; n < Drums::kFrames; ++n) {
      for (float& x : scaled.v.view().column_span(n)) x *= scale;
      for (float& x : scaled.h.view().column_span(n)) x *= scale;
    }
    return refine_parts(scaled.v.view(), scaled.w.view(), scaled.h.view(), scaled.groups, reducer,
                        control);
  };
  const PartRefinement usual = run(1);
  for (const float scale : {0x1p-100F, 0x1p100F}) {
    const PartRefinement found = run(scale);
    EXPECT_TRUE((test::matrices_close<float, float>(found.factors.w, usual.factors.w, 1e-5)))
        << scale;
  }
  const PartRefinement faintest = run(0x1p-140F);
  for (const float x : faintest.factors.w.view().column_span(0)) EXPECT_TRUE(std::isfinite(x));
}

TEST(RefineParts, EndsWhenItIsStopped) {
  const Drums drums;
  Reducer reducer;
  RunControl control;
  control.stop = true;
  EXPECT_THROW((void)refine_parts(drums.v.view(), drums.w.view(), drums.h.view(), drums.groups,
                                  reducer, control),
               Error);
}

}  // namespace
}  // namespace partwise
