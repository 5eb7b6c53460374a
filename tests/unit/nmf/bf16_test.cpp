// factorize() with products in bf16, over tiles in software, which are the processor's bit by bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <nmf/factorize_with.hpp>
#include <string>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>
#include <vector>

namespace partwise {
namespace {

using test::random_data;

FactorizeOptions options_for(ProductPrecision precision) {
  FactorizeOptions options;
  options.beta = 2;
  options.num_components = 5;
  options.product_precision = precision;
  return options;
}

FactorizeResult<float> run(const Matrix<float>& v, const FactorizeOptions& options, int threads = 1,
                           const IterationCallback& on_iteration = {}) {
  Reducer reducer(threads);
  const RunControl control;
  return nmf::factorize_with<float>(&kernels::bf16_software_kernels(),
                                    {{matrix_source(v.view()), nullptr, {}, {}},
                                     options,
                                     nullptr,
                                     reducer,
                                     control,
                                     on_iteration});
}

double objective_of(const Matrix<float>& v, const Factors<float>& factors) {
  return beta_divergence<float>(v.view(), factors.w.view(), factors.h.view(), 2);
}

/// Every way to update: name, solver and order.
struct Way {
  std::string name;
  Solver solver;
  UpdateOrder order;
};

class Bf16Factorize : public testing::TestWithParam<Way> {
 protected:
  static FactorizeOptions options(ProductPrecision precision) {
    FactorizeOptions out = options_for(precision);
    out.solver = GetParam().solver;
    out.order = GetParam().order;
    return out;
  }
};

TEST_P(Bf16Factorize, EndsWhereFloatEnds) {
  for (const std::uint32_t seed : {1U, 2U}) {
    // Neither a multiple of a tile, and more frames than a block of them has. As many components as
    // the data: one optimum, and a tolerance that reaches it.
    const auto v = random_data<float>(50, 141, 3, seed);
    const auto converged = [](FactorizeOptions options) {
      options.num_components = 3;
      options.tolerance = 1e-5;
      return options;
    };
    const auto plain = run(v, converged(options(ProductPrecision::full)));
    const auto rounded = run(v, converged(options(ProductPrecision::bf16)));
    EXPECT_EQ(rounded.product_precision, ProductPrecision::bf16);
    EXPECT_GT(rounded.bf16_iterations, 0);
    // Multiplicative updates still creep when their rule stops them, and the second run creeps on.
    const double below = GetParam().solver == Solver::mu ? 1e-3 : 1e-4;
    const double ratio = rounded.objective.back() / plain.objective.back();
    EXPECT_TRUE(ratio < 1 + 1e-4 && ratio > 1 - below)
        << ratio << ", seed " << seed << ", " << plain.iterations << " iterations against "
        << rounded.iterations << ", " << rounded.bf16_iterations << " of them in bf16";
  }
}

TEST_P(Bf16Factorize, EndsWithTheObjectiveOfTheDataThemselves) {
  const auto v = random_data<float>(40, 70, 4, 5);
  for (const Index most : {0, 3, 500}) {
    FactorizeOptions with = options(ProductPrecision::bf16);
    with.max_iterations = most;
    const auto result = run(v, with);
    const double exact = objective_of(v, result.factors);
    // The sums that objectives are made of are of floats; see frobenius_objective.
    EXPECT_NEAR(result.objective.back(), exact, 1e-5 * exact) << most;
    EXPECT_EQ(static_cast<Index>(result.objective.size()), result.iterations + 1);
    EXPECT_LE(result.iterations, most);
    EXPECT_LE(result.bf16_iterations, std::max<Index>(most - 1, 0)) << "none is left for the data";
  }
}

TEST_P(Bf16Factorize, NeverRaisesTheObjectiveByMoreThanWhatRoundingTheDataAdds) {
  const auto v = random_data<float>(40, 70, 4, 5);
  double squares = 0;
  for (Index n = 0; n < v.cols(); ++n) {
    for (const float x : v.view().column_span(n)) squares += static_cast<double>(x) * x;
  }
  // ||E||^2 / 2 for |E| <= 2^-8 V; E has next to nothing in common with what the model misses.
  const double rounding = 0x1p-16 * squares / 2;
  const auto result = run(v, options(ProductPrecision::bf16));
  for (std::size_t i = 1; i < result.objective.size(); ++i)
    EXPECT_LE(result.objective[i], result.objective[i - 1] + rounding) << i;
}

TEST_P(Bf16Factorize, HasTheSameBitsForOneAndTwoThreads) {
  const auto v = random_data<float>(130, 700, 4, 6);  // enough for a pass to use threads
  FactorizeOptions with = options(ProductPrecision::bf16);
  with.max_iterations = 6;
  const auto one = run(v, with, 1), two = run(v, with, 2);
  EXPECT_TRUE(test::same_bits(one.factors.w, two.factors.w));
  EXPECT_TRUE(test::same_bits(one.factors.h, two.factors.h));
  EXPECT_EQ(one.objective, two.objective);
}

INSTANTIATE_TEST_SUITE_P(Ways, Bf16Factorize,
                         testing::Values(Way{"cd", Solver::cd, UpdateOrder::h_first},
                                         Way{"cdWFirst", Solver::cd, UpdateOrder::w_first},
                                         Way{"mu", Solver::mu, UpdateOrder::h_first},
                                         Way{"automatic", Solver::automatic, UpdateOrder::h_first}),
                         [](const auto& way) { return way.param.name; });

TEST(Bf16, IterationsAreReportedOnceEachAndInOrder) {
  const auto v = random_data<float>(40, 60, 4, 7);
  std::vector<Index> seen;
  const auto result = run(v, options_for(ProductPrecision::bf16), 1,
                          [&](Index iteration, double) { seen.push_back(iteration); });
  ASSERT_EQ(static_cast<Index>(seen.size()), result.iterations + 1);
  for (Index i = 0; i <= result.iterations; ++i) EXPECT_EQ(seen[i], i);
}

TEST(Bf16, AStopEndsBothRunsAndLeavesTheObjectiveOfTheData) {
  const auto v = random_data<float>(40, 60, 4, 8);
  Reducer reducer;
  RunControl control;
  const auto result =
      nmf::factorize_with<float>(&kernels::bf16_software_kernels(),
                                 {{matrix_source(v.view()), nullptr, {}, {}},
                                  options_for(ProductPrecision::bf16),
                                  nullptr,
                                  reducer,
                                  control,
                                  [&](Index iteration, double) { control.stop = iteration >= 2; }});
  EXPECT_EQ(result.stop_reason, StopReason::stopped);
  EXPECT_EQ(result.iterations, 2);
  const double exact = objective_of(v, result.factors);
  EXPECT_NEAR(result.objective.back(), exact, 1e-5 * exact);  // as above
}

TEST(Bf16, WithoutTilesIsFloatBitByBitAndSaysSo) {
  const auto v = random_data<float>(40, 60, 4, 9);
  Reducer reducer;
  const RunControl control;
  const auto without =
      nmf::factorize_with<float>(nullptr, {{matrix_source(v.view()), nullptr, {}, {}},
                                           options_for(ProductPrecision::bf16),
                                           nullptr,
                                           reducer,
                                           control});
  const auto plain = run(v, options_for(ProductPrecision::full));
  EXPECT_EQ(without.product_precision, ProductPrecision::full);
  EXPECT_EQ(without.bf16_iterations, 0);
  EXPECT_TRUE(test::same_bits(without.factors.w, plain.factors.w));
  EXPECT_TRUE(test::same_bits(without.factors.h, plain.factors.h));
  EXPECT_EQ(without.objective, plain.objective);
}

TEST(Bf16, RunsOnEveryProcessorOneWayOrTheOther) {
  const auto v = random_data<float>(40, 60, 4, 9);
  Reducer reducer;
  const RunControl control;
  const auto result =
      factorize<float>(v.view(), options_for(ProductPrecision::bf16), nullptr, reducer, control);
  const bool has_tiles = kernels::bf16_tile_kernels() != nullptr;
  EXPECT_EQ(result.product_precision, has_tiles ? ProductPrecision::bf16 : ProductPrecision::full);
}

TEST(Bf16, IsRefusedForAnotherLossAndForDouble) {
  Reducer reducer;
  const RunControl control;
  const auto message_of = [&](auto call) -> std::string {
    try {
      call();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::usage);
      return error.what();
    }
    return "no error";
  };
  FactorizeOptions options = options_for(ProductPrecision::bf16);
  EXPECT_EQ(message_of([&] {
              static_cast<void>(factorize<double>(random_data<double>(10, 8, 2, 1).view(), options,
                                                  nullptr, reducer, control));
            }),
            "product_precision = bf16 for V in double, expected full, or V in float");
  options.beta = 1;
  EXPECT_EQ(message_of([&] { validate(options); }),
            "product_precision = bf16 with beta = 1, expected beta = 2 (frobenius), or "
            "product_precision full");
}

}  // namespace
}  // namespace partwise
