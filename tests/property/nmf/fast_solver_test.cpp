// What the fast solver promises for any data: its objective with penalties never rises, fixed
// columns stay, the coarse stage never makes a start worse, the bits depend on nothing but the
// problem.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/factorize.hpp>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>
#include <utility>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;

template <class T>
FactorizeResult<T> run(const Matrix<T>& v, const FactorizeOptions& options,
                       const Factors<T>* given = nullptr, int threads = 1) {
  Reducer reducer(threads);
  const RunControl control;
  return factorize<T>(v.view(), options, given, reducer, control);
}

template <class T>
double sum_of(const Matrix<T>& m, double l1, double l2) {
  double sum = 0;
  for (Index c = 0; c < m.cols(); ++c) {
    for (const T value : m.view().column_span(c)) {
      const auto x = static_cast<double>(value);
      sum += l1 * x + l2 / 2 * x * x;
    }
  }
  return sum;
}

/// sum over cells of x^beta: what an objective near zero is the small difference of.
template <class T>
double scale_of(const Matrix<T>& v, double beta) {
  double sum = 0;
  for (Index c = 0; c < v.cols(); ++c) {
    for (const T x : v.view().column_span(c)) {
      if (x > 0) sum += beta == 0 ? 1.0 : std::pow(static_cast<double>(x), beta);
    }
  }
  return sum;
}

template <class T>
class FastSolver : public testing::Test {};
using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(FastSolver, Types);

TYPED_TEST(FastSolver, NeverRaisesTheObjectiveOfAThousandSmallProblems) {
  using T = TypeParam;
  Index rises = 0;
  std::string first;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    constexpr double kBetas[] = {2.0, 1.0, 0.0, 0.5, 1.5, 3.0, -1.0, 4.0};
    FactorizeOptions options;
    options.beta = kBetas[seed % 8];
    options.solver = Solver::fast;
    options.num_components = 1 + seed % 5;
    options.max_iterations = 12;
    options.tolerance = seed % 2 == 0 ? 0 : 1e-4;
    options.start = Start::random;
    options.seed = seed;
    auto v = random_data<T>(4 + seed % 23, 3 + seed % 41, 1 + seed % 4, seed, seed % 7 * 0.05);
    if (seed % 3 == 1) {
      for (T& x : v.view().column_span(1)) x = 0;
    }
    const auto result = run(v, options);
    // Accepted objectives are compared as they were computed: not even rounding may raise them.
    for (std::size_t i = 1; i < result.objective.size(); ++i) {
      if (result.objective[i] <= result.objective[i - 1]) continue;
      if (rises++ == 0) first = "seed " + std::to_string(seed) + " iteration " + std::to_string(i);
    }
  }
  EXPECT_EQ(rises, 0) << first;
}

TYPED_TEST(FastSolver, NeverRaisesTheObjectiveWithPenaltiesAndFixedColumns) {
  using T = TypeParam;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    constexpr double kBetas[] = {2.0, 1.0, 0.0, 0.5, 3.0};
    FactorizeOptions options;
    options.beta = kBetas[seed % 5];
    options.solver = Solver::fast;
    options.num_components = 3;
    options.normalize = false;  // penalties act on the factors as they are returned
    options.tolerance = 0;
    options.penalties = {seed % 2 * 0.1, seed % 3 * 0.1, seed % 4 * 0.1, seed % 5 * 0.1};
    options.start = Start::given;
    if (seed % 2 == 0) options.fixed_columns = {false, true, false};
    const auto v = random_data<T>(12, 15, 3, seed);
    const Factors<T> start{random_matrix<T>(12, 3, seed + 1), random_matrix<T>(3, 15, seed + 2)};
    double before = std::numeric_limits<double>::infinity();
    for (Index iterations = 0; iterations < 10; ++iterations) {
      options.max_iterations = iterations;
      const auto result = run(v, options, &start);
      const double objective =
          result.objective.back() +
          sum_of(result.factors.w, options.penalties.l1_w, options.penalties.l2_w) +
          sum_of(result.factors.h, options.penalties.l1_h, options.penalties.l2_h);
      // The penalties are summed here in another order.
      EXPECT_LE(objective, before * (1 + 1e-12)) << "seed " << seed << " iteration " << iterations;
      before = objective;
      for (Index f = 0; f < 12 && !options.fixed_columns.empty(); ++f) {
        ASSERT_EQ(result.factors.w(f, 1), start.w(f, 1));
      }
    }
  }
}

/// Large enough for bands of bins and for levels of every fourth frame.
template <class T>
Matrix<T> large_data() {
  return random_data<T>(513, 1300, 5, 3);
}

TYPED_TEST(FastSolver, LearnsLargeDataCoarselyFirstAndIsThenNearlyThere) {
  using T = TypeParam;
  const auto v = large_data<T>();
  // Multiplication has not come to its end on the coarsest frames.
  const std::pair<double, Index> iterations_for[] = {{2.0, 1}, {1.0, 4}, {0.0, 6}};
  for (const auto& [beta, iterations] : iterations_for) {
    FactorizeOptions options;
    options.beta = beta;
    options.num_components = 5;
    options.solver = Solver::fast;
    options.start = Start::random;
    options.tolerance = 0;
    options.max_iterations = iterations;
    const auto fast = run(v, options);
    options.solver = beta == 2 ? Solver::cd : Solver::mu;
    options.max_iterations = 40;
    const auto plain = run(v, options);
    EXPECT_LT(fast.objective.back(), 1.1 * plain.objective.back()) << "beta " << beta;
  }
}

TYPED_TEST(FastSolver, TracesWhatItsFactorsAreAfterEveryIteration) {
  using T = TypeParam;
  const auto v = random_data<T>(30, 50, 4, 5);
  for (const double beta : {2.0, 1.0, 0.0, 0.5, 3.0}) {
    for (Index iterations = 0; iterations < 30; ++iterations) {
      FactorizeOptions options;
      options.beta = beta;
      options.num_components = 4;
      options.solver = Solver::fast;
      options.tolerance = 0;
      options.max_iterations = iterations;
      const auto result = run(v, options);
      const double direct =
          beta_divergence<T>(v.view(), result.factors.w.view(), result.factors.h.view(), beta);
      // W and H are rounded once more when W is normalised, hence 1e-4 for float.
      EXPECT_NEAR(result.objective.back(), direct,
                  (std::is_same_v<T, double> ? 1e-9 : 1e-4) * direct)
          << "beta " << beta << ", after " << iterations;
    }
  }
}

TYPED_TEST(FastSolver, NeverLeavesAGoodStartForAWorseOne) {
  using T = TypeParam;
  const auto v = large_data<T>();
  for (const double beta : {2.0, 1.0, 0.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.num_components = 5;
    options.solver = Solver::fast;
    const auto found = run(v, options);
    options.start = Start::given;
    options.max_iterations = 2;
    const auto again = run(v, options, &found.factors);
    EXPECT_LE(again.objective[1], again.objective[0]) << "beta " << beta;
    EXPECT_LE(again.objective[2], again.objective[1]) << "beta " << beta;
  }
}

/// Twelve parts, each on bins of its own, one after the other.
template <class T>
Matrix<T> parts_in_turn(Index frames) {
  constexpr Index kParts = 12, kBins = 6, kLength = 5;
  const auto spectra = random_matrix<T>(kBins, kParts, 1);
  const auto levels = random_matrix<T>(frames, 1, 2);
  Matrix<T> v(kParts * kBins, frames);
  for (Index n = 0; n < frames; ++n) {
    const Index part = n / kLength * 5 % kParts;
    for (Index b = 0; b < kBins; ++b) {
      v(part * kBins + b, n) = spectra(b, part) * levels(n, 0) * static_cast<T>(1 + part % 3);
    }
  }
  return v;
}

// Six components share twelve parts in many ways, some better than others.
TYPED_TEST(FastSolver, EndsNoHigherFromARandomStartThanFromTheSameStartGiven) {
  using T = TypeParam;
  const auto v = parts_in_turn<T>(1300);
  Reducer reducer(1);
  for (const double beta : {2.0, 1.0, 0.0}) {
    int lower = 0, higher = 0;
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
      FactorizeOptions options;
      options.beta = beta;
      options.num_components = 6;
      options.solver = Solver::fast;
      options.start = Start::random;
      options.seed = seed;
      const double drawn = run(v, options).objective.back();
      const auto start = make_start<T>(v.view(), Start::random, 6, seed, reducer);
      options.start = Start::given;
      const double given = run(v, options, &start).objective.back();
      constexpr double same = 1e-3;  // what the tolerance leaves
      lower += drawn < (1 - same) * given ? 1 : 0;
      higher += drawn > (1 + same) * given ? 1 : 0;
    }
    EXPECT_GT(lower, higher) << "beta " << beta;
  }
}

TYPED_TEST(FastSolver, GivesTheSameBitsForAnyNumberOfThreads) {
  using T = TypeParam;
  const auto v = large_data<T>();
  for (const double beta : {2.0, 1.0, 0.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.start = beta == 1 ? Start::random : Start::automatic;
    options.solver = Solver::fast;
    options.max_iterations = 3;
    const auto one = run(v, options);
    for (const int threads : {2, 3, 7}) {
      const auto many = run<T>(v, options, nullptr, threads);
      EXPECT_TRUE(test::same_bits(one.factors.w, many.factors.w)) << beta << ' ' << threads;
      EXPECT_TRUE(test::same_bits(one.factors.h, many.factors.h)) << beta << ' ' << threads;
      EXPECT_EQ(one.objective, many.objective);
    }
  }
}

TYPED_TEST(FastSolver, GivesTheSameTemplatesForALouderInput) {
  using T = TypeParam;
  const auto v = large_data<T>();
  for (const double beta : {2.0, 1.0, 0.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.solver = Solver::fast;
    options.max_iterations = 2;
    Matrix<T> louder = v;
    for (Index c = 0; c < v.cols(); ++c) {
      for (T& x : louder.view().column_span(c)) x *= T{32};
    }
    EXPECT_TRUE(test::same_bits(run(v, options).factors.w, run(louder, options).factors.w))
        << "beta " << beta;
  }
}

TEST(FastSolverTolerance, StopsAtTheMinimumAndNotBefore) {
  const auto v = random_data<double>(30, 40, 3, 4);
  for (const double beta : {2.0, 1.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.num_components = 3;
    options.solver = Solver::fast;
    const auto found = run(v, options);
    EXPECT_EQ(found.stop_reason, StopReason::tolerance);
    options.tolerance = 0;
    options.max_iterations = 3000;
    const auto best = run(v, options);
    // 1e-4 of the root in four passes; what is left is a few times that.
    EXPECT_LT(found.objective.back(), 1.01 * best.objective.back()) << "beta " << beta;
  }
}

}  // namespace
}  // namespace partwise
