// What must hold for any data: the objective never rises, factors stay nonnegative and finite, the
// bits do not depend on threads, the loudness does not change W.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/factorize.hpp>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;

template <class T>
FactorizeResult<T> run(const Matrix<T>& v, const FactorizeOptions& options, int threads = 1,
                       const Factors<T>* given = nullptr) {
  Reducer reducer(threads);
  const RunControl control;
  return factorize<T>(v.view(), options, given, reducer, control);
}

template <class T>
void expect_sound(const FactorizeResult<T>& result) {
  for (const Matrix<T>* m : {&result.factors.w, &result.factors.h}) {
    for (Index c = 0; c < m->cols(); ++c) {
      for (const T x : m->view().column_span(c)) ASSERT_TRUE(x >= 0 && std::isfinite(x)) << x;
    }
  }
}

/// `scale` is the sum over cells of x^beta: near an exact fit, that much of an objective is only
/// known to a few epsilons.
template <class T>
void expect_never_rises(const FactorizeResult<T>& result, double relative, double scale) {
  for (std::size_t i = 1; i < result.objective.size(); ++i) {
    const double before = result.objective[i - 1];
    ASSERT_LE(result.objective[i],
              before + relative * std::abs(before) +
                  4 * static_cast<double>(std::numeric_limits<T>::epsilon()) * scale)
        << "iteration " << i;
  }
}

template <class T>
double beta_scale(const Matrix<T>& v, double beta) {
  double sum = 0;
  for (Index c = 0; c < v.cols(); ++c) {
    for (const T x : v.view().column_span(c)) {
      if (x > 0) sum += std::abs(beta) < 1e-3 ? 1.0 : std::pow(static_cast<double>(x), beta);
    }
  }
  return sum;
}

template <class T>
class Properties : public testing::Test {};
using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(Properties, Types);

TYPED_TEST(Properties, TheObjectiveNeverRisesAndFactorsStayNonnegative) {
  using T = TypeParam;
  for (const double beta :
       {2.0, 1.0, 0.0, 0.5, 1.5, 3.0, -1.0, -2.5, -4.0, 4.0, 1.0000001, -1e-9}) {
    // Steep powers come from exp(b log m), which float knows to |b log m| epsilons: some 1e-5 a
    // cell.
    const double in_float = beta < -1 ? 1e-4 : 1e-5;
    const double relative = std::is_same_v<T, double> ? 1e-9 : in_float;
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
      for (const Solver solver : {Solver::fast, Solver::mu, Solver::cd}) {
        if (solver == Solver::cd && beta != 2) continue;
        // seed 0: rank one; odd seeds: an all-zero row and column
        auto v =
            random_data<T>(20 + seed, 17 + 3 * seed, seed == 0 ? 1 : 4, seed, seed == 0 ? 0 : 0.05);
        if (seed % 2 == 1) {
          for (Index n = 0; n < v.cols(); ++n) v(3, n) = 0;
          for (T& x : v.view().column_span(5)) x = 0;
        }
        FactorizeOptions options;
        options.beta = beta;
        options.solver = solver;
        options.num_components = 1 + seed % 5;
        options.start = seed % 3 == 0 ? Start::nndsvda : Start::random;
        options.seed = seed;
        options.max_iterations = 60;
        options.tolerance = 0;
        SCOPED_TRACE(testing::Message() << "beta " << beta << " seed " << seed << " solver "
                                        << static_cast<int>(solver));
        const auto result = run(v, options);
        ASSERT_EQ(result.objective.size(), static_cast<std::size_t>(result.iterations) + 1);
        expect_never_rises(result, relative, beta_scale(v, beta));
        expect_sound(result);
      }
    }
  }
}

TYPED_TEST(Properties, TheTraceIsTheDivergenceOfTheFactors) {
  using T = TypeParam;
  const auto v = random_data<T>(40, 70, 4, 7);
  for (const double beta : {2.0, 1.0, 0.0, 0.5, 3.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.num_components = 4;
    options.max_iterations = 25;
    const auto result = run(v, options);
    const double direct =
        beta_divergence<T>(v.view(), result.factors.w.view(), result.factors.h.view(), beta);
    // W and H are rounded once more when W is normalised, hence 1e-4 for float.
    EXPECT_NEAR(result.objective.back(), direct, (std::is_same_v<T, double> ? 1e-9 : 1e-4) * direct)
        << "beta " << beta;
  }
}

TYPED_TEST(Properties, TheSameBitsForOneTwoThreeAndFourThreads) {
  using T = TypeParam;
  const auto v = random_data<T>(130, 900, 5, 3);
  for (const double beta : {2.0, 1.0, 0.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.max_iterations = 15;
    const auto one = run(v, options, 1);
    for (const int threads : {2, 3, 4}) {
      const auto many = run(v, options, threads);
      EXPECT_TRUE(test::same_bits(one.factors.w, many.factors.w))
          << "beta " << beta << ", threads " << threads;
      EXPECT_TRUE(test::same_bits(one.factors.h, many.factors.h));
      EXPECT_EQ(one.objective, many.objective);
    }
  }
}

TYPED_TEST(Properties, ALouderInputGivesTheSameTemplates) {
  using T = TypeParam;
  const auto v = random_data<T>(50, 60, 4, 11);
  for (const double beta : {2.0, 1.0, 0.0}) {
    FactorizeOptions options;
    options.beta = beta;
    options.num_components = 4;
    options.max_iterations = 40;
    const auto reference = run(v, options);
    for (const double factor : {std::exp2(-70), std::exp2(5), std::exp2(90), 3.7}) {
      Matrix<T> louder = v;
      for (Index c = 0; c < v.cols(); ++c) {
        for (T& x : louder.view().column_span(c)) x *= static_cast<T>(factor);
      }
      const auto result = run(louder, options);
      SCOPED_TRACE(testing::Message() << "beta " << beta << ", factor " << factor);
      if (factor == 3.7) {
        // 1e-5 for a few iterations; forty let rounding in float grow.
        EXPECT_TRUE(test::matrices_close(result.factors.w, reference.factors.w,
                                         std::is_same_v<T, double> ? 1e-10 : 1e-4));
      } else {
        EXPECT_TRUE(test::same_bits(result.factors.w, reference.factors.w));
        // What is subnormal at this scale has lost bits.
        const double least = static_cast<double>(std::numeric_limits<T>::min()) / factor;
        Matrix<T> h = result.factors.h, expected = reference.factors.h;
        for (Index c = 0; c < h.cols(); ++c) {
          for (Index k = 0; k < h.rows(); ++k) {
            h(k, c) /= static_cast<T>(factor);
            if (static_cast<double>(expected(k, c)) < least) expected(k, c) = h(k, c) = 0;
          }
        }
        EXPECT_TRUE(test::same_bits(h, expected));
      }
    }
  }
}

TEST(Normalisation, TemplatesHaveUnitSum) {
  const auto result = run(random_data<float>(64, 50, 3, 2), FactorizeOptions{});
  for (Index k = 0; k < result.factors.w.cols(); ++k) {
    double sum = 0;
    for (const float x : result.factors.w.view().column_span(k)) sum += x;
    EXPECT_NEAR(sum, 1, 1e-5);
  }
}

TEST(FixedColumns, StayToTheBitWhileTheOthersMove) {
  const auto v = random_data<double>(40, 50, 3, 5);
  const Factors<double> start{random_matrix<double>(40, 4, 1), random_matrix<double>(4, 50, 2)};
  for (const double beta : {2.0, 1.0}) {
    FactorizeOptions options;
    options.num_components = 4;
    options.beta = beta;
    options.start = Start::given;
    options.fixed_columns = {false, true, false, true};
    options.max_iterations = 20;
    const auto result = run(v, options, 1, &start);
    for (const Index k : {0, 1, 2, 3}) {
      bool same = true;
      for (Index f = 0; f < 40; ++f) same = same && result.factors.w(f, k) == start.w(f, k);
      EXPECT_EQ(same, k % 2 == 1) << "component " << k;
    }
    expect_never_rises(result, 1e-9, beta_scale(v, beta));
  }
}

TEST(Penalties, AnL1PenaltyMakesActivationsSparser) {
  const auto v = random_data<double>(40, 50, 5, 9);
  const auto zeros = [&](double l1) {
    FactorizeOptions options;
    options.beta = 2;
    options.penalties.l1_h = l1;
    const auto result = run(v, options);
    Index count = 0;
    for (Index c = 0; c < result.factors.h.cols(); ++c) {
      for (const double x : result.factors.h.view().column_span(c)) count += x == 0;
    }
    return count;
  };
  EXPECT_GT(zeros(0.5), zeros(0));
}

}  // namespace
}  // namespace partwise
