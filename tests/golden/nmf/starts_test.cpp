// scikit-learn 1.2.1's starts, and where its default runs stop.
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

struct StartCase {
  const char* name;
  Start start;
  Index components;
  std::uint32_t seed;
};

class GoldenStart : public testing::Test {
 protected:
  Arrays arrays_{data_path("starts.npz")};
  Matrix<double> v_ = arrays_.matrix("V");
  Reducer reducer_;
};

TEST_F(GoldenStart, StartsAreScikitLearns) {
  // The randomised SVD uses the same random numbers; what is left is rounding, 1e-11 at worst.
  for (const StartCase& c : {StartCase{"nndsvd_2", Start::nndsvd, 2, 0},
                             {"nndsvd_6", Start::nndsvd, 6, 0},
                             {"nndsvd_16", Start::nndsvd, 16, 0},
                             {"nndsvda_2", Start::nndsvda, 2, 0},
                             {"nndsvda_6", Start::nndsvda, 6, 0},
                             {"nndsvda_16", Start::nndsvda, 16, 0},
                             {"random_2_seed0", Start::random, 2, 0},
                             {"random_6_seed1", Start::random, 6, 1},
                             {"nndsvdar_6_seed0", Start::nndsvdar, 6, 0}}) {
    SCOPED_TRACE(c.name);
    const auto start = make_start<double>(v_.view(), c.start, c.components, c.seed, reducer_);
    EXPECT_TRUE(matrices_close(start.w, arrays_.matrix(std::string(c.name) + "_W"), 1e-11));
    EXPECT_TRUE(matrices_close(start.h, arrays_.matrix(std::string(c.name) + "_H"), 1e-11));
  }
}

TEST_F(GoldenStart, DefaultRunsStopWhereScikitLearnsDo) {
  const RunControl control;
  struct Run {
    const char* name;
    Solver solver;
    double beta;
  };
  for (const Run& run : {Run{"cd_beta2", Solver::cd, 2},
                         {"mu_beta2", Solver::mu, 2},
                         {"mu_beta1", Solver::mu, 1},
                         {"mu_beta0", Solver::mu, 0}}) {
    for (const Index components : {2, 3, 4, 6}) {
      const std::string name =
          "default_" + std::string(run.name) + "_" + std::to_string(components);
      SCOPED_TRACE(name);
      FactorizeOptions options;
      options.num_components = components;
      options.solver = run.solver;
      options.beta = run.beta;
      options.start = Start::nndsvda;
      options.max_iterations = 200;
      options.normalize = false;
      const auto result = factorize<double>(v_.view(), options, nullptr, reducer_, control);
      EXPECT_EQ(result.iterations, static_cast<Index>(arrays_.scalar(name + "_n_iter")));
      const double error = arrays_.scalar(name + "_err");
      EXPECT_NEAR(result.reconstruction_error(), error, 1e-9 * error);
    }
  }
}

}  // namespace
}  // namespace partwise
