// scikit-learn 1.2.1's solvers from the same start, in double. tests/data/README.md says where the
// arrays come from.
#include <gtest/gtest.h>

#include <partwise/factorize.hpp>
#include <string>
#include <support/compare.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

using test::Arrays;
using test::data_path;
using test::matrices_close;

// An independent implementation in another language met these; see numerics of docs/algorithms.
constexpr double kAfterOneIteration = 1e-12;
constexpr double kAfterMany = 1e-10;

struct Case {
  std::string name;  // as in the arrays' names
  Solver solver;
  double beta;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

class GoldenSolver : public testing::TestWithParam<Case> {
 protected:
  Arrays arrays_{data_path("solvers.npz")};
  Matrix<double> v_ = arrays_.matrix("V");
  Factors<double> start_{arrays_.matrix("W0"), arrays_.matrix("H0")};

  FactorizeResult<double> run(const FactorizeOptions& options) {
    Reducer reducer;
    const RunControl control;
    return factorize<double>(v_.view(), options, &start_, reducer, control);
  }

  static FactorizeOptions as_scikit_learn(Solver solver, double beta, Index iterations,
                                          UpdateOrder order) {
    FactorizeOptions options;
    options.num_components = 5;
    options.solver = solver;
    options.beta = beta;
    options.start = Start::given;
    options.order = order;
    options.max_iterations = iterations;
    options.tolerance = 0;
    options.normalize = false;
    return options;
  }
};

TEST_P(GoldenSolver, FactorsAfter1And10And100IterationsAreScikitLearns) {
  const Case& c = GetParam();
  for (const Index iterations : {1, 10, 100}) {
    const double tolerance = iterations == 1 ? kAfterOneIteration : kAfterMany;
    const std::string suffix = c.name + "_iter" + std::to_string(iterations);
    SCOPED_TRACE(suffix);
    const auto w_first = run(as_scikit_learn(c.solver, c.beta, iterations, UpdateOrder::w_first));
    EXPECT_EQ(w_first.iterations, iterations);
    EXPECT_TRUE(matrices_close(w_first.factors.w, arrays_.matrix(suffix + "_W"), tolerance));
    EXPECT_TRUE(matrices_close(w_first.factors.h, arrays_.matrix(suffix + "_H"), tolerance));
    const double divergence = arrays_.scalar(suffix + "_divergence");
    EXPECT_NEAR(w_first.objective.back(), divergence, 1e-9 * divergence);
    const auto h_first = run(as_scikit_learn(c.solver, c.beta, iterations, UpdateOrder::h_first));
    EXPECT_TRUE(matrices_close(h_first.factors.w, arrays_.matrix("transposed_" + suffix + "_W"),
                               tolerance));
    EXPECT_TRUE(matrices_close(h_first.factors.h, arrays_.matrix("transposed_" + suffix + "_H"),
                               tolerance));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Losses, GoldenSolver,
    testing::Values(Case{"cd_beta2", Solver::cd, 2}, Case{"mu_beta2", Solver::mu, 2},
                    Case{"mu_beta1", Solver::mu, 1}, Case{"mu_beta0", Solver::mu, 0},
                    Case{"mu_beta0.5", Solver::mu, 0.5}, Case{"mu_beta3", Solver::mu, 3}),
    [](const auto& instance) {
      std::string name = instance.param.name;
      for (char& c : name) c = c == '.' ? '_' : c;
      return name;
    });

struct PenaltyCase {
  std::string name;
  Solver solver;
  double beta;
  double l1_ratio;
};

class GoldenPenalty : public GoldenSolver {};

TEST_F(GoldenPenalty, FactorsWithPenaltiesAreScikitLearns) {
  // scikit-learn multiplies alpha_W = 0.01 by the number of columns and alpha_H = 0.02 by that of
  // rows.
  const double alpha_w = 0.01 * static_cast<double>(v_.cols()),
               alpha_h = 0.02 * static_cast<double>(v_.rows());
  for (const PenaltyCase& c : {PenaltyCase{"l1_cd_beta2", Solver::cd, 2, 1},
                               {"l2_cd_beta2", Solver::cd, 2, 0},
                               {"elastic_cd_beta2", Solver::cd, 2, 0.3},
                               {"l1_mu_beta1", Solver::mu, 1, 1},
                               {"l2_mu_beta1", Solver::mu, 1, 0},
                               {"elastic_mu_beta1", Solver::mu, 1, 0.3}}) {
    SCOPED_TRACE(c.name);
    FactorizeOptions options = as_scikit_learn(c.solver, c.beta, 10, UpdateOrder::w_first);
    options.penalties = {alpha_w * c.l1_ratio, alpha_w * (1 - c.l1_ratio), alpha_h * c.l1_ratio,
                         alpha_h * (1 - c.l1_ratio)};
    const auto result = run(options);
    EXPECT_TRUE(matrices_close(result.factors.w, arrays_.matrix(c.name + "_iter10_W"), kAfterMany));
    EXPECT_TRUE(matrices_close(result.factors.h, arrays_.matrix(c.name + "_iter10_H"), kAfterMany));
  }
}

class GoldenFixedW : public GoldenSolver {};

TEST_F(GoldenFixedW, ActivationsForFixedTemplatesAreScikitLearns) {
  // With its other factor fixed, scikit-learn starts from a constant: sqrt(mean(V) / K) for mu, and
  // for cd from zeros.
  double mean = 0;
  for (Index c = 0; c < v_.cols(); ++c) {
    for (const double x : v_.view().column_span(c)) mean += x;
  }
  mean /= static_cast<double>(v_.rows() * v_.cols());
  for (const Case& c :
       {Case{"fixedW_cd_beta2", Solver::cd, 2}, Case{"fixedW_mu_beta1", Solver::mu, 1}}) {
    SCOPED_TRACE(c.name);
    const double value = c.solver == Solver::mu ? std::sqrt(mean / 5) : 0.0;
    for (Index n = 0; n < v_.cols(); ++n) {
      for (double& x : start_.h.view().column_span(n)) x = value;
    }
    FactorizeOptions options = as_scikit_learn(c.solver, c.beta, 10, UpdateOrder::h_first);
    options.fixed_columns.assign(5, true);
    const auto result = run(options);
    EXPECT_TRUE(test::same_bits(result.factors.w, start_.w));
    EXPECT_TRUE(matrices_close(result.factors.h, arrays_.matrix(c.name + "_iter10_H"), kAfterMany));
  }
}

}  // namespace
}  // namespace partwise
