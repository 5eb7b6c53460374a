// Cells with weights and entries that stay zero: a FactorizeProblem that is more than a matrix.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/factorize_problem.hpp>
#include <random>
#include <string>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;

constexpr Index kBins = 20, kFrames = 45, kComponents = 3;

FactorizeOptions options_for(double beta, Solver solver) {
  FactorizeOptions options;
  options.beta = beta;
  options.solver = solver;
  options.num_components = kComponents;
  options.max_iterations = 15;
  options.tolerance = 0;
  return options;
}

template <class T>
FactorizeResult<T> run(const FactorizeProblem<T>& problem, const FactorizeOptions& options,
                       const Factors<T>* given = nullptr, int threads = 1) {
  Reducer reducer(threads);
  const RunControl control;
  return factorize<T>(problem, options, given, reducer, control);
}

template <class T>
FactorizeProblem<T> weighted(const Matrix<T>& v, const Matrix<T>& weights) {
  FactorizeProblem<T> problem;
  problem.v = matrix_source(v.view());
  problem.weights = matrix_source(weights.view());
  return problem;
}

template <class T>
Matrix<T> all_ones() {
  Matrix<T> ones(kBins, kFrames);
  for (Index n = 0; n < kFrames; ++n) {
    for (Index f = 0; f < kBins; ++f) ones(f, n) = 1;
  }
  return ones;
}

/// Uniform in [0, 2), a third of them 0.
template <class T>
Matrix<T> random_weights(std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> uniform;
  Matrix<T> weights(kBins, kFrames);
  for (Index n = 0; n < kFrames; ++n) {
    for (Index f = 0; f < kBins; ++f) {
      weights(f, n) = uniform(engine) < 1.0 / 3 ? T{0} : static_cast<T>(2 * uniform(engine));
    }
  }
  return weights;
}

constexpr double kBetas[] = {1, 0, 2, 0.5, 1.5, 3, -1};

TEST(Weights, OfOneEverywhereGiveTheFactorsOfNone) {
  const auto v = random_data<double>(kBins, kFrames, kComponents, 1);
  for (const double beta : kBetas) {
    const auto options = options_for(beta, Solver::mu);
    FactorizeProblem<double> plain;
    plain.v = matrix_source(v.view());
    const auto without = run(plain, options);
    const auto with = run(weighted(v, all_ones<double>()), options);
    // Other loops round doubles otherwise; fifteen updates let that grow by a few places.
    EXPECT_TRUE(test::matrices_close<double>(with.factors.w, without.factors.w, 1e-10)) << beta;
    EXPECT_TRUE(test::matrices_close<double>(with.factors.h, without.factors.h, 1e-10)) << beta;
    EXPECT_NEAR(with.objective.back(), without.objective.back(), 1e-10 * without.objective[0]);
  }
}

TEST(Weights, NeverRaiseTheObjectiveWhichIsTheWeightedDivergence) {
  for (const double beta : kBetas) {
    for (const Solver solver : {Solver::mu, Solver::fast}) {
      const auto v = random_data<double>(kBins, kFrames, kComponents, 2, 0.2);
      const auto weights = random_weights<double>(3);
      const auto result = run(weighted(v, weights), options_for(beta, solver));
      ASSERT_EQ(result.objective.size(), 16U);
      for (std::size_t i = 1; i < result.objective.size(); ++i) {
        EXPECT_LE(result.objective[i], result.objective[i - 1] * (1 + 1e-12)) << beta << " " << i;
      }
      double sum = 0;  // by the definition, a cell at a time
      for (Index n = 0; n < kFrames; ++n) {
        for (Index f = 0; f < kBins; ++f) {
          Matrix<double> cell(1, 1), w(1, kComponents), h(kComponents, 1);
          cell(0, 0) = v(f, n);
          for (Index k = 0; k < kComponents; ++k) {
            w(0, k) = result.factors.w(f, k);
            h(k, 0) = result.factors.h(k, n);
          }
          if (weights(f, n) == 0) continue;
          sum += weights(f, n) *
                 beta_divergence<double>(cell.view(), w.view(), h.view(), beta, 1e-300);
        }
      }
      EXPECT_NEAR(result.objective.back(), sum, 1e-9 * result.objective[0]) << beta;
    }
  }
}

TEST(Weights, OfZeroHideWhatACellHolds) {
  const auto v = random_data<float>(kBins, kFrames, kComponents, 4);
  const auto weights = random_weights<float>(5);
  Matrix<float> other = v;
  for (Index n = 0; n < kFrames; ++n) {
    for (Index f = 0; f < kBins; ++f) {
      if (weights(f, n) == 0) other(f, n) = 1000;
    }
  }
  for (const double beta : kBetas) {
    for (const Solver solver : {Solver::mu, Solver::fast}) {
      const auto options = options_for(beta, solver);
      const auto a = run(weighted(v, weights), options);
      const auto b = run<float>(weighted(other, weights), options, nullptr, 2);
      EXPECT_TRUE(test::same_bits(a.factors.w, b.factors.w)) << beta;
      EXPECT_TRUE(test::same_bits(a.factors.h, b.factors.h)) << beta;
      EXPECT_EQ(a.objective, b.objective) << beta;
    }
  }
}

TEST(Weights, OfAFrameThatAreAllZeroLeaveItSilentAndContinuityFillsIt) {
  const auto v = random_data<double>(kBins, kFrames, kComponents, 6);
  auto weights = all_ones<double>();
  for (Index f = 0; f < kBins; ++f) weights(f, 20) = 0;
  auto options = options_for(1, Solver::mu);
  const auto silent = run(weighted(v, weights), options);
  for (Index k = 0; k < kComponents; ++k) EXPECT_EQ(silent.factors.h(k, 20), 0);
  options.continuity = 0.1;
  const auto filled = run(weighted(v, weights), options);
  for (Index k = 0; k < kComponents; ++k) EXPECT_GT(filled.factors.h(k, 20), 0);
}

TEST(Supports, KeepTheirZerosInEverySolverThatTakesThem) {
  const auto v = random_data<float>(kBins, kFrames, kComponents, 7);
  Matrix<std::uint8_t> w(kBins, kComponents), h(kComponents, kFrames);
  for (Index k = 0; k < kComponents; ++k) {
    for (Index f = 0; f < kBins; ++f) w(f, k) = (f + k) % 3 != 0;
    for (Index n = 0; n < kFrames; ++n) h(k, n) = k != 1 && n % 5 != k;
  }
  FactorizeProblem<float> problem;
  problem.v = matrix_source(v.view());
  problem.w_support = w.view();
  problem.h_support = h.view();
  for (const double beta : kBetas) {
    for (const Solver solver : {Solver::automatic, Solver::mu, Solver::fast}) {
      const auto result = run(problem, options_for(beta, solver));
      for (Index k = 0; k < kComponents; ++k) {
        for (Index f = 0; f < kBins; ++f) {
          if (w(f, k) == 0) {
            EXPECT_EQ(result.factors.w(f, k), 0);
          }
        }
        for (Index n = 0; n < kFrames; ++n) {
          if (h(k, n) == 0) {
            EXPECT_EQ(result.factors.h(k, n), 0);
          }
        }
      }
      for (std::size_t i = 1; i < result.objective.size(); ++i) {
        EXPECT_LE(result.objective[i], result.objective[i - 1] * (1 + 1e-5)) << beta;
      }
    }
  }
}

std::string refusal_of(const FactorizeProblem<float>& problem, const FactorizeOptions& options) {
  try {
    (void)run(problem, options);
  } catch (const Error& e) {
    return e.what();
  }
  return "accepted";
}

TEST(Weights, AreRefusedWhereTheyAreNoneOrTheSolverCannot) {
  const auto v = random_data<float>(kBins, kFrames, kComponents, 8);
  auto weights = all_ones<float>();
  const auto mu = options_for(1, Solver::mu);
  EXPECT_EQ(refusal_of(weighted(v, weights), options_for(2, Solver::cd)),
            "solver = cd with weights of cells or a support of factors, expected auto, fast or mu");
  auto bf16 = options_for(2, Solver::fast);
  bf16.product_precision = ProductPrecision::bf16;
  EXPECT_EQ(
      refusal_of(weighted(v, weights), bf16),
      "product_precision = bf16 with weights of cells or a support of factors, expected full");
  weights(3, 7) = -1;
  EXPECT_EQ(refusal_of(weighted(v, weights), mu),
            "weights(3, 7) = -1, expected a finite number of 0 or more");
  weights(3, 7) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(refusal_of(weighted(v, weights), mu),
            "weights(3, 7) = nan, expected a finite number of 0 or more");
  EXPECT_EQ(refusal_of(weighted(v, Matrix<float>(kBins, 2)), mu),
            "weights = [20 x 2], expected [20 x 45]");
  FactorizeProblem<float> supported;
  supported.v = matrix_source(v.view());
  const Matrix<std::uint8_t> narrow(kBins, 1);
  supported.w_support = narrow.view();
  EXPECT_EQ(refusal_of(supported, mu), "w_support = [20 x 1], expected [20 x 3]");
}

TEST(Weights, ThatAreAllZeroLeaveNothingToFind) {
  const auto v = random_data<float>(kBins, kFrames, kComponents, 9);
  const auto result =
      run(weighted(v, Matrix<float>(kBins, kFrames)), options_for(1, Solver::automatic));
  EXPECT_EQ(result.stop_reason, StopReason::silent_input);
}

}  // namespace
}  // namespace partwise
