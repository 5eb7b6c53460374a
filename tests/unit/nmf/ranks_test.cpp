// Processes that each have a range of the frames find the factors of one that has them all. The
// processes are threads here, and their reducer adds over them.
#include <gtest/gtest.h>

#include <algorithm>
#include <partwise/factorize.hpp>
#include <string>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/random_matrix.hpp>
#include <support/ranks.hpp>
#include <vector>

namespace partwise {
namespace {

struct Case {
  std::string name;
  double beta = 1;
  Solver solver = Solver::automatic;
  Start start = Start::automatic;
  Index frames = 90;
  UpdateOrder order = UpdateOrder::h_first;
  double penalty = 0;
  bool normalize = true;
};

// 3 * 400 frames are the fewest for which W is learned on every fourth frame first; 90 frames with
// bands are learned on bands first.
constexpr Index kEnoughForStrides = 1300;

std::vector<Case> cases() {
  const auto fast = Solver::fast, mu = Solver::mu, cd = Solver::cd;
  const auto any = Start::automatic;
  return {{"kl_fast", 1, fast, any},
          {"kl_mu", 1, mu, any},
          {"kl_mu_random", 1, mu, Start::random},
          {"kl_mu_w_first", 1, mu, any, 90, UpdateOrder::w_first},
          {"is_fast", 0, fast, any},
          {"is_mu", 0, mu, Start::nndsvd},
          {"half_mu", 0.5, mu, any},
          {"frobenius_fast", 2, fast, any},
          {"frobenius_mu", 2, mu, Start::nndsvda},
          {"frobenius_cd", 2, cd, Start::nndsvdar},
          {"frobenius_cd_as_librosa", 2, cd, Start::random, 90, UpdateOrder::h_first, 0, false},
          {"kl_fast_penalties", 1, fast, any, 90, UpdateOrder::h_first, 0.01},
          {"frobenius_cd_penalties", 2, cd, any, 90, UpdateOrder::h_first, 0.01},
          {"kl_fast_strides", 1, fast, any, kEnoughForStrides},
          {"kl_fast_strides_random", 1, fast, Start::random, kEnoughForStrides},
          {"frobenius_fast_strides", 2, fast, any, kEnoughForStrides}};
}

FactorizeOptions options_of(const Case& c) {
  FactorizeOptions options;
  options.num_components = 4;
  options.beta = c.beta;
  options.solver = c.solver;
  options.start = c.start;
  options.order = c.order;
  options.normalize = c.normalize;
  options.penalties = {c.penalty, c.penalty, c.penalty, c.penalty};
  options.max_iterations = 12;
  options.tolerance = 0;
  return options;
}

/// The factors of as many ranks as there are boundaries and one more, H put together again.
template <class T>
FactorizeResult<T> by_ranks(const Matrix<T>& v, const FactorizeOptions& options,
                            std::vector<Index> boundaries) {
  boundaries.insert(boundaries.begin(), 0);
  boundaries.push_back(v.cols());
  const int ranks = static_cast<int>(boundaries.size()) - 1;
  std::vector<FactorizeResult<T>> results(static_cast<std::size_t>(ranks));
  test::run_ranks(ranks, [&](int rank, Reducer& reducer) {
    const Index first = boundaries[static_cast<std::size_t>(rank)];
    const Index count = boundaries[static_cast<std::size_t>(rank) + 1] - first;
    const auto source = matrix_source(v.view().columns(first, count), {first, v.cols()});
    const RunControl control;
    results[static_cast<std::size_t>(rank)] =
        factorize(*source, options, static_cast<const Factors<T>*>(nullptr), reducer, control);
  });
  FactorizeResult<T> all = results[0];
  all.factors.h = Matrix<T>(*options.num_components, v.cols());
  for (std::size_t rank = 0; rank < results.size(); ++rank) {
    EXPECT_TRUE(test::same_bits(results[rank].factors.w, all.factors.w)) << "rank " << rank;
    EXPECT_EQ(results[rank].objective, all.objective) << "rank " << rank;
    for (Index n = 0; n < results[rank].factors.h.cols(); ++n) {
      std::copy_n(results[rank].factors.h.column(n), *options.num_components,
                  all.factors.h.column(boundaries[rank] + n));
    }
  }
  return all;
}

class Ranks : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Of, Ranks, testing::ValuesIn(cases()),
                         [](const auto& of) { return of.param.name; });

// Sums over frames are added in another order, and blocks of frames begin elsewhere, so that last
// bits of doubles differ (1e-16); twelve iterations that are not extrapolated beyond what is
// accepted let that grow by a few decimal places.
constexpr double kRounding = 1e-10;

TEST_P(Ranks, TwoFindTheFactorsOfOne) {
  const auto v = test::random_data<double>(40, GetParam().frames, 4, 1);
  const FactorizeOptions options = options_of(GetParam());
  Reducer reducer;
  const RunControl control;
  const auto one = factorize<double>(v.view(), options, nullptr, reducer, control);
  for (const Index boundary : {v.cols() / 2, Index{64}, Index{33}}) {
    const auto two = by_ranks(v, options, {boundary});
    EXPECT_TRUE(test::matrices_close<double>(two.factors.w, one.factors.w, kRounding));
    EXPECT_TRUE(test::matrices_close<double>(two.factors.h, one.factors.h, kRounding));
    ASSERT_EQ(two.objective.size(), one.objective.size());
    EXPECT_NEAR(two.objective.back(), one.objective.back(), kRounding * one.objective[0]);
  }
}

TEST(RanksOfAProblem, MayBeManyAndHaveHardlyAFrame) {
  const auto v = test::random_data<double>(40, 90, 4, 2);
  const FactorizeOptions options = options_of(cases()[0]);
  Reducer reducer;
  const RunControl control;
  const auto one = factorize<double>(v.view(), options, nullptr, reducer, control);
  const auto many = by_ranks(v, options, {1, 2, 40, 41, 80});
  EXPECT_TRUE(test::matrices_close<double>(many.factors.h, one.factors.h, kRounding));
}

TEST(RanksOfAProblem, AllRefuseACellThatOneOfThemRefuses) {
  auto v = test::random_data<double>(10, 20, 2, 3);
  v(4, 15) = -1;
  std::vector<std::string> messages(2);
  test::run_ranks(2, [&](int rank, Reducer& reducer) {
    const auto source = matrix_source<double>(v.view().columns(rank * 10, 10), {rank * 10, 20});
    const RunControl control;
    try {
      (void)factorize<double>(*source, options_of(cases()[0]), nullptr, reducer, control);
    } catch (const Error& e) {
      messages[static_cast<std::size_t>(rank)] = e.what();
    }
  });
  EXPECT_EQ(messages[0], "V has a cell that is refused, in another process");
  EXPECT_EQ(messages[1], "V(4, 15) = -1, expected a finite number of 0 or more");
}

TEST(RanksOfAProblem, StopTogetherWhereOneIsStopped) {
  const auto v = test::random_data<double>(40, 90, 4, 4);
  std::vector<FactorizeResult<double>> results(2);
  test::run_ranks(2, [&](int rank, Reducer& reducer) {
    const auto source = matrix_source<double>(v.view().columns(rank * 45, 45), {rank * 45, 90});
    RunControl control;
    results[static_cast<std::size_t>(rank)] = factorize<double>(
        *source, options_of(cases()[1]), nullptr, reducer, control,
        [&](Index iteration, double) { control.stop = rank == 1 && iteration == 3; });
  });
  for (const auto& result : results) {
    EXPECT_EQ(result.stop_reason, StopReason::stopped);
    EXPECT_EQ(result.iterations, 3);
  }
}

TEST(RanksOfAProblem, ConvolutiveTemplatesAreRefused) {
  const auto v = test::random_data<double>(40, 90, 4, 5);
  FactorizeOptions options = options_of(cases()[1]);
  options.template_frames = 3;
  EXPECT_THROW(by_ranks(v, options, {45}), Error);
}

/// Frames that are made when they are asked for, as a file's would be read.
class MadeFrames final : public DataSource<float> {
 public:
  explicit MadeFrames(const Matrix<float>& v, Index stride = 1) : v_(v), stride_(stride) {}
  [[nodiscard]] Index bins() const override { return v_.rows(); }
  [[nodiscard]] Index frames() const override { return (v_.cols() + stride_ - 1) / stride_; }
  [[nodiscard]] MatrixView<const float> block(Index first, Index count,
                                              Matrix<float>& scratch) const override {
    if (scratch.empty()) scratch = Matrix<float>(v_.rows(), std::max<Index>(count, 64));
    for (Index n = 0; n < count; ++n) {
      std::copy_n(v_.column((first + n) * stride_), v_.rows(), scratch.column(n));
    }
    return scratch.view().columns(0, count);
  }
  [[nodiscard]] std::shared_ptr<const DataSource<float>> every(Index stride) const override {
    return std::make_shared<MadeFrames>(v_, stride_ * stride);
  }

 private:
  const Matrix<float>& v_;
  Index stride_;
};

TEST(DataSources, OfACallersOwnGiveTheBitsOfAMatrix) {
  for (const Case& c : cases()) {
    const auto v = test::random_data<float>(40, c.frames, 4, 6);
    Reducer reducer(2);
    const RunControl control;
    const auto of_matrix = factorize<float>(v.view(), options_of(c), nullptr, reducer, control);
    const auto of_source =
        factorize<float>(MadeFrames(v), options_of(c), nullptr, reducer, control);
    EXPECT_TRUE(test::same_bits(of_source.factors.w, of_matrix.factors.w)) << c.name;
    EXPECT_TRUE(test::same_bits(of_source.factors.h, of_matrix.factors.h)) << c.name;
  }
}

}  // namespace
}  // namespace partwise
