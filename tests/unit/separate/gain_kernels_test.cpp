#include <gtest/gtest.h>

#include <cmath>
#include <dsp/lane_kernel_sets.hpp>
#include <dsp/lanes.hpp>
#include <separate/gain_kernel_sets.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

constexpr Index kLanes = kFrameLanes<float>;

struct Weights {
  Matrix<float> scale, weight;
};

Weights weights_for(const GainKernels<float>& kernels, const LaneModel<float>& model, float p) {
  const Index cells = model.templates.rows * kLanes;
  Weights out{Matrix<float>(cells, 1), Matrix<float>(cells, 1)};
  const float dead = -1 / static_cast<float>(model.templates.cols);
  kernels.weights_p(model, p, dead, out.scale.data(), out.weight.data());
  return out;
}

TEST(GainKernels, PowersAreAsExactAsTheyPromise) {
  // Two components: one is the largest of its cell, the other a ratio x of it, from 1 down to
  // 2^-40.
  constexpr Index kBins = 4001;
  Matrix<float> w(kBins, 2), h(2 * kLanes, 1);
  for (Index f = 0; f < kBins; ++f) {
    w(f, 0) = 1;
    w(f, 1) = static_cast<float>(std::exp2(-0.01 * static_cast<double>(f)));
  }
  for (Index i = 0; i < 2 * kLanes; ++i) h(i, 0) = 1;
  const LaneModel<float> model{w.view(), h.data()};
  for (const auto* kernels : {&kGenericGainsFloat, &gain_kernels<float>()}) {
    for (const float p : {0.1F, 0.5F, 1.5F, 3.0F, 10.0F}) {
      const Weights weights = weights_for(*kernels, model, p);
      Matrix<float> first(kBins * kLanes, 1), second(kBins * kLanes, 1);
      kernels->masks_p(model, 0, p, weights.scale.data(), weights.weight.data(), first.data());
      kernels->masks_p(model, 1, p, weights.scale.data(), weights.weight.data(), second.data());
      for (Index f = 0; f < kBins; ++f) {
        const double log2_power = static_cast<double>(p) * std::log2(static_cast<double>(w(f, 1)));
        const double found = static_cast<double>(second(f * kLanes, 0)) / first(f * kLanes, 0);
        if (log2_power < -125) {
          ASSERT_LE(found, 0x1p-124);
          continue;
        }
        // power-inl.hpp's promise, and the roundings of sum, weight and product.
        const double tolerance = 2e-7 * (2 + std::abs(log2_power)) + 3e-7;
        ASSERT_NEAR(found / std::exp2(log2_power), 1, tolerance) << "p " << p << ", bin " << f;
      }
    }
  }
}

TEST(GainKernels, OfAllSetsGiveTheSameBits) {
  if (!has_avx2_units()) GTEST_SKIP() << "this machine has one set only";
  const Matrix<float> w = test::nonnegative_matrix(37, 5, 1);
  const Matrix<float> h = test::nonnegative_matrix(5 * kLanes, 1, 2);
  const LaneModel<float> model{w.view(), h.data()};
  const GainKernels<float>& best = gain_kernels<float>();
  ASSERT_NE(&best, &kGenericGainsFloat);
  const Weights a = weights_for(best, model, 1.7F),
                b = weights_for(kGenericGainsFloat, model, 1.7F);
  EXPECT_TRUE(test::same_bits(a.scale, b.scale));
  EXPECT_TRUE(test::same_bits(a.weight, b.weight));
  for (Index k = 0; k < 5; ++k) {
    Matrix<float> gains_a(37 * kLanes, 1), gains_b = gains_a;
    best.masks_p(model, k, 1.7F, a.scale.data(), a.weight.data(), gains_a.data());
    kGenericGainsFloat.masks_p(model, k, 1.7F, a.scale.data(), a.weight.data(), gains_b.data());
    EXPECT_TRUE(test::same_bits(gains_a, gains_b));
    best.products(model, k, true, gains_a.data());
    kGenericGainsFloat.products(model, k, true, gains_b.data());
    EXPECT_TRUE(test::same_bits(gains_a, gains_b));
  }
}

}  // namespace
}  // namespace partwise
