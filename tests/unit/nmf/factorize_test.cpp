// The edges of factorize(): sizes, silence, options out of range, stopping.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/factorize.hpp>
#include <string>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;

FactorizeResult<float> run(const Matrix<float>& v, const FactorizeOptions& options,
                           const Factors<float>* given = nullptr) {
  Reducer reducer;
  const RunControl control;
  return factorize<float>(v.view(), options, given, reducer, control);
}

std::string message_of(const Matrix<float>& v, const FactorizeOptions& options,
                       const Factors<float>* given = nullptr) {
  try {
    static_cast<void>(run(v, options, given));
  } catch (const Error& error) {
    return std::to_string(static_cast<int>(error.code())) + ": " + error.what();
  }
  return "no error";
}

TEST(FactorizeErrors, NameTheFieldItsValueAndItsRange) {
  const auto v = random_data<float>(10, 8, 2, 1);
  const auto with = [&](auto change) {
    FactorizeOptions options;
    change(options);
    return message_of(v, options);
  };
  EXPECT_EQ(with([](auto& o) { o.num_components = 0; }), "2: num_components = 0, expected 1..4096");
  EXPECT_EQ(with([](auto& o) { o.num_components = 4097; }),
            "2: num_components = 4097, expected 1..4096");
  EXPECT_EQ(with([](auto& o) { o.beta = 4.5; }), "2: beta = 4.5, expected -4..4");
  EXPECT_EQ(with([](auto& o) { o.beta = std::nan(""); }), "2: beta = nan, expected -4..4");
  EXPECT_EQ(with([](auto& o) { o.solver = Solver::cd; }),
            "2: solver = cd with beta = 1, expected beta = 2 (frobenius), or solver fast or mu");
  EXPECT_EQ(with([](auto& o) { o.max_iterations = -1; }),
            "2: max_iterations = -1, expected 0..1000000");
  EXPECT_EQ(with([](auto& o) { o.tolerance = 1; }),
            "2: tolerance = 1, expected 0 or more, below 1");
  EXPECT_EQ(with([](auto& o) { o.penalties.l1_w = -1; }), "2: l1_w = -1, expected 0..1e12");
  EXPECT_EQ(with([](auto& o) { o.fixed_columns = {true}; }),
            "2: fixed_columns = 1 entries, expected 6 (num_components)");
  EXPECT_EQ(
      with([](auto& o) { o.fixed_columns.assign(6, true); }),
      "2: fixed_columns = 6 entries, expected none without a given start, which has the columns "
      "to keep");
  EXPECT_EQ(with([](auto& o) { o.start = Start::given; }),
            "2: start = given, but no factors were given");
  EXPECT_EQ(
      with([](auto& o) {
        o.num_components = 9;
        o.start = Start::nndsvd;
      }),
      "2: num_components = 9, expected at most 8 (the smaller of bins and frames) for an nndsvd "
      "start; a random start takes more");
}

TEST(FactorizeErrors, BadDataAreNamedWithTheirPlace) {
  auto v = random_data<float>(10, 8, 2, 1);
  v(3, 4) = -1;
  EXPECT_EQ(message_of(v, {}), "4: V(3, 4) = -1, expected a finite number of 0 or more");
  v(3, 4) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(message_of(v, {}), "4: V(3, 4) = nan, expected a finite number of 0 or more");
  v(3, 4) = std::numeric_limits<float>::infinity();
  EXPECT_EQ(message_of(v, {}), "4: V(3, 4) = inf, expected a finite number of 0 or more");
  EXPECT_EQ(message_of(Matrix<float>(0, 0), {}),
            "2: V = [0 x 0], expected at least one bin and one frame");
  v(3, 4) = 0;
  FactorizeOptions options;
  options.beta = 0;
  options.normalize = false;
  EXPECT_EQ(message_of(v, options),
            "4: V(3, 4) = 0, expected more than 0 for beta = 0 without normalisation");
  options.normalize = true;
  EXPECT_EQ(message_of(v, options), "no error");
}

TEST(FactorizeErrors, AGivenStartMustFit) {
  const auto v = random_data<float>(10, 8, 2, 1);
  FactorizeOptions options;
  options.num_components = 2;
  options.start = Start::given;
  Factors<float> start{random_matrix<float>(10, 3, 1), random_matrix<float>(2, 8, 1)};
  EXPECT_EQ(message_of(v, options, &start),
            "2: the given start is W [10 x 3], H [2 x 8], expected W [10 x 2], H [2 x 8]");
  start.w = random_matrix<float>(10, 2, 1);
  start.w(1, 1) = -2;
  EXPECT_EQ(message_of(v, options, &start),
            "2: the given W holds -2, expected finite numbers of 0 or more");
  start.w(1, 1) = 1;
  EXPECT_EQ(message_of(v, options, &start), "no error");
}

TEST(Factorize, SilenceGivesSilentActivationsAndSaysSo) {
  const auto result = run(Matrix<float>(10, 8), {});
  EXPECT_EQ(result.stop_reason, StopReason::silent_input);
  EXPECT_EQ(result.objective, std::vector<double>{0});
  for (Index k = 0; k < 6; ++k) {
    double sum = 0;
    for (const float x : result.factors.w.view().column_span(k)) sum += x;
    EXPECT_NEAR(sum, 1, 1e-6);
    for (Index n = 0; n < 8; ++n) EXPECT_EQ(result.factors.h(k, n), 0);
  }
}

TEST(Factorize, MoreComponentsThanBinsOrFramesStartAtRandomAndWork) {
  FactorizeOptions options;
  options.num_components = 12;
  const auto result = run(random_data<float>(10, 8, 2, 1), options);
  EXPECT_EQ(result.start, Start::random);
  EXPECT_LT(result.objective.back(), result.objective.front());
}

TEST(Factorize, OneBinOneFrameOneComponentWork) {
  for (const auto& [bins, frames, components] :
       {std::array<Index, 3>{1, 1, 1}, {1, 9, 1}, {9, 1, 1}, {9, 9, 1}, {1, 1, 5}}) {
    FactorizeOptions options;
    options.num_components = components;
    for (const double beta : {0.0, 1.0, 2.0}) {
      options.beta = beta;
      const auto result = run(random_data<float>(bins, frames, 1, 3), options);
      EXPECT_TRUE(std::isfinite(result.objective.back()))
          << bins << " " << frames << " " << components;
    }
  }
}

TEST(Factorize, RankOneDataAreMetExactly) {
  FactorizeOptions options;
  options.num_components = 1;
  options.beta = 2;
  options.tolerance = 1e-9;
  const auto v = random_data<float>(30, 20, 1, 4, 0);
  const auto result = run(v, options);
  double energy = 0;
  for (Index n = 0; n < 20; ++n) {
    for (const float x : v.view().column_span(n)) energy += static_cast<double>(x) * x;
  }
  EXPECT_LT(result.objective.back(), 1e-10 * energy);
}

TEST(Factorize, ExtremeScalesStayFinite) {
  for (const float scale : {1e-38f, 1e-30f, 1e30f}) {
    auto v = random_data<float>(20, 30, 3, 6);
    for (Index n = 0; n < v.cols(); ++n) {
      for (float& x : v.view().column_span(n)) x *= scale;
    }
    for (const double beta : {0.0, 1.0, 2.0}) {
      FactorizeOptions options;
      options.beta = beta;
      const auto result = run(v, options);
      for (Index n = 0; n < v.cols(); ++n) {
        for (const float x : result.factors.h.view().column_span(n)) ASSERT_TRUE(std::isfinite(x));
      }
    }
  }
}

TEST(Factorize, NoIterationsReturnsTheStart) {
  const auto v = random_data<float>(10, 8, 2, 1);
  Factors<float> start{random_matrix<float>(10, 6, 1), random_matrix<float>(6, 8, 1)};
  FactorizeOptions options;
  options.start = Start::given;
  options.max_iterations = 0;
  options.normalize = false;
  const auto result = run(v, options, &start);
  EXPECT_TRUE(test::same_bits(result.factors.w, start.w));
  EXPECT_TRUE(test::same_bits(result.factors.h, start.h));
  EXPECT_EQ(result.objective.size(), 1u);
  EXPECT_EQ(result.stop_reason, StopReason::max_iterations);
}

TEST(Factorize, StopsWhenAskedAndKeepsTheLastWholeIteration) {
  const auto v = random_data<double>(64, 200, 5, 8);
  for (const double beta : {1.0, 2.0}) {
    for (const UpdateOrder order : {UpdateOrder::h_first, UpdateOrder::w_first}) {
      FactorizeOptions options;
      options.beta = beta;
      options.order = order;
      options.tolerance = 0;
      Reducer reducer;
      RunControl control;
      const auto stopped = factorize<double>(v.view(), options, nullptr, reducer, control,
                                             [&](Index iteration, double) {
                                               if (iteration == 7) control.stop = true;
                                             });
      EXPECT_EQ(stopped.stop_reason, StopReason::stopped);
      EXPECT_EQ(stopped.iterations + 1, static_cast<Index>(stopped.objective.size()));
      const double direct = beta_divergence<double>(v.view(), stopped.factors.w.view(),
                                                    stopped.factors.h.view(), beta);
      EXPECT_NEAR(direct, stopped.objective.back(), 1e-9 * direct) << "beta " << beta;
    }
  }
}

TEST(Factorize, AStopDuringTheStartIsAnErrorAndAfterItAnOutcome) {
  const auto v = random_data<float>(64, 200, 5, 8);
  Reducer reducer;
  RunControl control;
  control.stop = true;
  FactorizeOptions options;
  options.start = Start::nndsvda;
  try {
    static_cast<void>(factorize<float>(v.view(), options, nullptr, reducer, control));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::stopped);
  }
  options.start = Start::random;
  const auto result = factorize<float>(v.view(), options, nullptr, reducer, control);
  EXPECT_EQ(result.stop_reason, StopReason::stopped);
  EXPECT_EQ(result.iterations, 0);
  EXPECT_EQ(result.objective.size(), 1u);
}

TEST(Factorize, TheCallbackSeesEveryIterationInTheUnitsOfTheData) {
  const auto v = random_data<float>(20, 30, 3, 6);
  Reducer reducer;
  const RunControl control;
  std::vector<double> seen;
  const auto result = factorize<float>(v.view(), {}, nullptr, reducer, control,
                                       [&](Index, double objective) { seen.push_back(objective); });
  EXPECT_EQ(seen, result.objective);
}

}  // namespace
}  // namespace partwise
