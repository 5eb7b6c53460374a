// What temporal continuity promises for any data: its bound lies above it everywhere, no solver
// raises the objective with it, and more of it gives smoother activations.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nmf/regulariser.hpp>
#include <partwise/factorize.hpp>
#include <random>
#include <string>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;

/// T sum over rows of sum (x_n - x_(n-1))^2 / sum x_n^2, by its definition; 4 for a silent row.
template <class T>
double roughness(const Matrix<T>& h) {
  double sum = 0;
  for (Index k = 0; k < h.rows() && h.cols() > 1; ++k) {
    double squares = 0, steps = 0;
    for (Index n = 0; n < h.cols(); ++n) {
      const auto x = static_cast<double>(h(k, n));
      squares += x * x;
      if (n > 0) steps += std::pow(x - static_cast<double>(h(k, n - 1)), 2);
    }
    sum += squares > 0 ? steps / squares : 4;
  }
  return sum * static_cast<double>(h.cols());
}

/// An activation row of a kind: noise, a ramp, bursts between silences, alternating, or silent.
Matrix<double> some_rows(Index rows, Index frames, std::uint32_t seed) {
  Matrix<double> h = random_matrix<double>(rows, frames, seed);
  for (Index k = 0; k < rows; ++k) {
    for (Index n = 0; n < frames; ++n) {
      switch ((seed + static_cast<std::uint32_t>(k)) % 6) {
        case 1:
          h(k, n) = static_cast<double>(n + 1) + 0.01 * h(k, n);
          break;
        case 2:
          if (n % 7 > 1) h(k, n) = 0;
          break;
        case 3:
          h(k, n) = n % 2 == 0 ? 1 : 1e-3 * h(k, n);
          break;
        case 4:
          h(k, n) = 0;
          break;
        default:
          break;
      }
    }
  }
  return h;
}

TEST(Continuity, HasABoundThatTouchesItAndLiesAboveItEverywhere) {
  Reducer reducer;
  const auto term = nmf::continuity_term<double>(0.5);
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    constexpr Index kRows = 3;
    const Index frames = 1 + static_cast<Index>(seed % 9);
    const Matrix<double> w(1, kRows), at = some_rows(kRows, frames, seed);
    nmf::ActivationBound<double> bound(kRows);
    term->bound_h(at.view(), bound);
    Matrix<double> pull(kRows, frames);
    for (const auto& add : bound.pulls) add(0, pull.view());
    const auto bound_at = [&](const Matrix<double>& h) {
      double sum = 0;
      for (Index n = 0; n < frames; ++n) {
        for (Index k = 0; k < kRows; ++k) {
          EXPECT_GE(pull(k, n), 0);
          const double x = h(k, n);
          sum += bound.curvature[static_cast<std::size_t>(k)] * x * x / 2 - pull(k, n) * x;
        }
      }
      return sum;
    };
    const double constant = term->cost(w, at, reducer) - bound_at(at);
    for (std::uint32_t other = 0; other < 12; ++other) {
      Matrix<double> h = some_rows(kRows, frames, seed + 7 * other);
      const double share = std::pow(0.1, static_cast<double>(other / 4));
      for (Index n = 0; n < frames; ++n) {
        for (Index k = 0; k < kRows; ++k) h(k, n) = at(k, n) + share * (h(k, n) - at(k, n));
      }
      const double cost = term->cost(w, h, reducer);
      EXPECT_NEAR(cost, 0.5 * roughness(h), 1e-12 * (1 + cost));
      EXPECT_LE(cost, bound_at(h) + constant + 1e-10 * (1 + std::abs(constant))) << seed;
    }
  }
}

struct Case {
  const char* name;
  double beta;
  Solver solver;
  Index template_frames = 1;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class ContinuityOf : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(
    EverySolver, ContinuityOf,
    testing::Values(Case{"kl_mu", 1, Solver::mu}, Case{"kl_fast", 1, Solver::fast},
                    Case{"is_mu", 0, Solver::mu}, Case{"is_fast", 0, Solver::fast},
                    Case{"half_mu", 0.5, Solver::mu},
                    Case{"beta_one_and_a_half_mu", 1.5, Solver::mu},
                    Case{"beta_three_mu", 3, Solver::mu}, Case{"beta_minus_one_mu", -1, Solver::mu},
                    Case{"frobenius_mu", 2, Solver::mu}, Case{"frobenius_cd", 2, Solver::cd},
                    Case{"frobenius_fast", 2, Solver::fast},
                    Case{"kl_templates_of_frames", 1, Solver::mu, 3}),
    [](const auto& of) { return of.param.name; });

/// The objective with continuity after each iteration of a problem, and what it may rise by
/// rounding.
template <class T>
void expect_never_rises(const Case& c, std::uint32_t seed, double weight, double rounding) {
  FactorizeOptions options;
  options.beta = c.beta;
  options.solver = c.solver;
  options.template_frames = c.template_frames;
  options.num_components = 3;
  options.normalize = false;  // so that the weight acts on V as it is
  options.order = seed % 2 == 0 ? UpdateOrder::h_first : UpdateOrder::w_first;
  options.tolerance = 0;
  options.continuity = weight;
  options.penalties.l2_h = c.beta == 2 ? 0.1 * (seed % 3) : 0;
  options.start = Start::given;
  const auto v = random_data<T>(12, 15, 3, seed, 0.1);
  const Factors<T> start{random_matrix<T>(12, 3 * c.template_frames, seed + 1),
                         random_matrix<T>(3, 15, seed + 2)};
  Reducer reducer;
  const RunControl control;
  double before = std::numeric_limits<double>::infinity();
  for (Index iterations = 0; iterations < 12; ++iterations) {
    options.max_iterations = iterations;
    const auto result = factorize<T>(v.view(), options, &start, reducer, control);
    double squares = 0;
    for (Index n = 0; n < 15; ++n) {
      for (Index k = 0; k < 3; ++k)
        squares += std::pow(static_cast<double>(result.factors.h(k, n)), 2);
    }
    const double objective = result.objective.back() + weight * roughness(result.factors.h) +
                             options.penalties.l2_h / 2 * squares;
    EXPECT_LE(objective, before + rounding * (1 + std::abs(before)))
        << c.name << " seed " << seed << " weight " << weight << " iteration " << iterations;
    before = objective;
  }
}

TEST_P(ContinuityOf, NeverRaisesTheObjective) {
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    for (const double weight : {1e-3, 0.1, 10.0}) {
      expect_never_rises<double>(GetParam(), seed, weight, 1e-12);
      // Cells of float and their products: 180 of them, and weights up to the divergence.
      expect_never_rises<float>(GetParam(), seed, weight, 2e-5);
    }
  }
}

TEST_P(ContinuityOf, MakesActivationsSmoother) {
  const auto v = random_data<float>(30, 80, 3, 5);
  FactorizeOptions options;
  options.beta = GetParam().beta;
  options.solver = GetParam().solver;
  options.template_frames = GetParam().template_frames;
  options.num_components = 3;
  options.max_iterations = 100;
  Reducer reducer;
  const RunControl control;
  const auto without = factorize<float>(v.view(), options, nullptr, reducer, control);
  options.continuity = 1000;
  const auto with = factorize<float>(v.view(), options, nullptr, reducer, control);
  EXPECT_LT(roughness(with.factors.h), 0.5 * roughness(without.factors.h));
}

TEST(Continuity, OfALouderInputByAPowerOfTwoGivesTheSameTemplates) {
  for (const double beta : {1.0, 2.0, 0.5}) {
    FactorizeOptions options;
    options.beta = beta;
    options.num_components = 3;
    options.max_iterations = 10;
    options.continuity = 0.5;
    const auto v = random_data<double>(20, 40, 3, 6);
    Matrix<double> louder = v;
    for (Index n = 0; n < v.cols(); ++n) {
      for (Index f = 0; f < v.rows(); ++f) louder(f, n) = 1024 * v(f, n);
    }
    Reducer reducer;
    const RunControl control;
    const auto a = factorize<double>(v.view(), options, nullptr, reducer, control);
    const auto b = factorize<double>(louder.view(), options, nullptr, reducer, control);
    EXPECT_TRUE(test::same_bits(a.factors.w, b.factors.w)) << beta;
  }
}

TEST(Continuity, LeavesASilentComponentAndASingleFrameAlone) {
  FactorizeOptions options;
  options.num_components = 3;
  options.continuity = 5;
  options.start = Start::given;
  options.max_iterations = 5;
  auto given = Factors<double>{random_matrix<double>(12, 3, 1), random_matrix<double>(3, 1, 2)};
  given.h(1, 0) = 0;
  const auto v = random_data<double>(12, 1, 3, 3);
  Reducer reducer;
  const RunControl control;
  for (const double beta : {1.0, 2.0}) {
    options.beta = beta;
    const auto result = factorize<double>(v.view(), options, &given, reducer, control);
    EXPECT_TRUE(std::isfinite(result.objective.back()));
    if (beta == 1) {
      EXPECT_EQ(result.factors.h(1, 0), 0);
    }
  }
}

}  // namespace
}  // namespace partwise
