#include <gtest/gtest.h>

#include <cmath>
#include <evaluate/best_matching.hpp>
#include <numeric>
#include <support/expect_error.hpp>
#include <support/scored.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

using test::sums_of;

Matrix<float> noise(Index count, std::uint32_t seed, Index channels = 1) {
  return test::noise_signal(count, channels, seed).samples;
}

Matrix<float> scaled_sum(const Matrix<float>& a, float gain_a, const Matrix<float>& b,
                         float gain_b) {
  Matrix<float> out(a.rows(), a.cols());
  for (Index c = 0; c < a.cols(); ++c) {
    for (Index i = 0; i < a.rows(); ++i) out(i, c) = gain_a * a(i, c) + gain_b * b(i, c);
  }
  return out;
}

TEST(SignalSums, SectionsOfAnyLengthAndAnyThreadsAddUpToTheSame) {
  const std::vector<Matrix<float>> references = {noise(9001, 1, 2), noise(9001, 2, 2)};
  const std::vector<Matrix<float>> parts = {noise(9001, 3, 2), noise(8000, 4, 2),
                                            noise(9100, 5, 2)};
  const SignalSums whole = sums_of(references, parts);
  for (const Index section : {Index{512}, Index{1000}, Index{9000}}) {
    const SignalSums cut = sums_of(references, parts, section);
    for (Index r = 0; r < 2; ++r) {
      for (Index s = 0; s < whole.num_signals(); ++s) {
        for (Index t = 0; t < SignalSums::kTaps; ++t) {
          ASSERT_NEAR(cut.correlation(r, s)[t], whole.correlation(r, s)[t], 1e-10) << section;
        }
        EXPECT_NEAR(cut.product(r, s), whole.product(r, s), 1e-10);
        EXPECT_NEAR(cut.mono_product(r, s), whole.mono_product(r, s), 1e-10);
      }
    }
  }
  const SignalSums threads = sums_of(references, parts, 0, 3);
  EXPECT_EQ(threads.correlation(1, 4)[77], whole.correlation(1, 4)[77]);
  EXPECT_EQ(threads.product(1, 4), whole.product(1, 4));
}

TEST(SignalSums, CorrelationsAreThoseOfTheDefinition) {
  const std::vector<Matrix<float>> signals = {noise(1700, 1), noise(1700, 2)};
  const SignalSums sums = sums_of({signals[0]}, {signals[1]});
  for (const Index lag : {Index{0}, Index{1}, Index{511}}) {
    double expected = 0;
    for (Index i = 0; i + lag < 1700; ++i) {
      expected +=
          static_cast<double>(signals[0](i, 0)) * static_cast<double>(signals[1](i + lag, 0));
    }
    EXPECT_NEAR(sums.correlation(0, 1)[lag], expected, 1e-11);
  }
}

TEST(SignalSums, NumbersThatDoNotFitAreRefused) {
  using test::throws_error;
  EXPECT_TRUE(throws_error([] { SignalSums(0, 1, 1); }, ErrorCode::usage, "num_references = 0"));
  const auto add = [](Index channels, Index parts) {
    SignalSums sums(1, 1, 1);
    Reducer reducer;
    const Matrix<float> signal = noise(10, 1, channels);
    const std::vector<MatrixView<const float>> one = {signal.view()};
    const std::vector<MatrixView<const float>> several(static_cast<std::size_t>(parts),
                                                       signal.view());
    sums.add({10, one, several, {}}, reducer, RunControl());
  };
  EXPECT_TRUE(throws_error([&] { add(1, 2); }, ErrorCode::usage, "parts = 2 signals, expected 1"));
  EXPECT_TRUE(throws_error([&] { add(2, 1); }, ErrorCode::usage, "2 channels, expected 1"));
}

TEST(Scores, NoiseOfAHundredthOfTheEnergyIsTwentyDecibels) {
  const Matrix<float> source = noise(60000, 1, 2), other = noise(60000, 9, 2);
  const SignalSums sums = sums_of({source}, {scaled_sum(source, 1, other, 0.1F)});
  const SourceScores score = score_sources(sums, {0}).front();
  EXPECT_NEAR(score.si_sdr_db, 20, 0.1);
  EXPECT_NEAR(score.sdr_db, 20, 0.2);  // filters of 512 taps explain a little of any noise
  EXPECT_NEAR(score.sdr_db, score.sar_db, 0.01);
}

TEST(Scores, AFilterIsForgivenByBssEvalAndNotBySiSdr) {
  const Matrix<float> source = noise(30000, 1);
  Matrix<float> late(30000, 1);
  for (Index i = 100; i < 30000; ++i) late(i, 0) = 0.5F * source(i - 100, 0);
  const SourceScores score = score_sources(sums_of({source}, {late}), {0}).front();
  EXPECT_GT(score.sdr_db, 20);
  EXPECT_LT(score.si_sdr_db, -20);
}

TEST(Scores, AnEstimateThatIsTheSourceReachesTheLimit) {
  const Matrix<float> a = noise(5000, 1), b = noise(5000, 2);
  for (const SourceScores& score : score_sources(sums_of({a, b}, {a, b}), {0, 1})) {
    EXPECT_NEAR(score.sdr_db, 140, 5);
    EXPECT_NEAR(score.si_sdr_db, 140, 1e-6);
  }
}

TEST(Scores, SeveralPartsOfASourceCountAsTheirSum) {
  const Matrix<float> a = noise(5000, 1), b = noise(5000, 2), rest = noise(5000, 3);
  const Matrix<float> one = scaled_sum(a, 0.7F, rest, 0.1F), two = scaled_sum(a, 0.3F, b, 0.1F);
  const SignalSums split = sums_of({a, b}, {one, b, two});
  const SignalSums joined = sums_of({a, b}, {scaled_sum(one, 1, two, 1), b});
  const SourceScores expected = score_sources(joined, {0, 1})[0];
  const SourceScores score = score_sources(split, {0, 1, 0})[0];
  EXPECT_NEAR(score.sdr_db, expected.sdr_db, 1e-4);
  EXPECT_NEAR(score.sir_db, expected.sir_db, 1e-4);
  EXPECT_NEAR(score.si_sdr_db, expected.si_sdr_db, 1e-4);
}

TEST(Scores, TheMixtureImprovesOnNothing) {
  const Matrix<float> a = noise(5000, 1), b = noise(5000, 2);
  const Matrix<float> mixture = scaled_sum(a, 1, b, 1);
  const SourceScores score = score_sources(sums_of({a, b}, {mixture}), {0})[0];
  EXPECT_NEAR(score.sdr_improvement_db, 0, 1e-5);
  EXPECT_NEAR(score.si_sdr_improvement_db, 0, 1e-5);
}

TEST(Scores, SilentReferencesAndEstimatesAreNotScoredAndTheOthersAre) {
  const Matrix<float> a = noise(5000, 1), b = noise(5000, 2), silence(5000, 1);
  const SignalSums sums = sums_of({a, silence, b}, {silence, a, b});
  EXPECT_TRUE(sums.is_silent(1));
  EXPECT_TRUE(sums.is_silent(sums.part(0)));
  const auto scores = score_sources(sums, {0, 1, 2});
  EXPECT_TRUE(std::isnan(scores[0].sdr_db));
  EXPECT_TRUE(std::isnan(scores[1].si_sdr_db));
  EXPECT_GT(scores[2].sdr_db, 100);
  // A silent reference is no source; a source without sound counts as the floor.
  EXPECT_NEAR(mean_scores(sums, scores).sdr_db, (scores[2].sdr_db + kScoreFloorDb) / 2, 1e-12);
  EXPECT_EQ(match_by_sir(sums)[1], 0);
  EXPECT_EQ(match_by_sir(sums)[2], 2);
  EXPECT_EQ(match_by_sir(sums)[0], kNoSource);
  EXPECT_EQ(group_by_oracle(sums)[1], 0);
  const SignalSums nothing = sums_of({silence}, {silence});
  EXPECT_TRUE(std::isnan(mean_scores(nothing, score_sources(nothing, {0})).sdr_db));
  EXPECT_EQ(group_by_oracle(nothing)[0], kNoSource);
}

TEST(Scores, ReferencesThatAreCopiesGiveNumbers) {
  const Matrix<float> a = noise(5000, 1), b = noise(5000, 2);
  const SignalSums sums = sums_of({a, a, b}, {a, b, scaled_sum(a, 1, b, 0.1F)});
  for (const SourceScores& score : score_sources(sums, {0, 1, 2})) {
    EXPECT_TRUE(std::isfinite(score.sdr_db));
    EXPECT_TRUE(std::isfinite(score.sir_db));
  }
  EXPECT_NEAR(score_sources(sums, {0, kNoSource, kNoSource})[0].sdr_db, 140, 30);
}

TEST(Scores, WhatIsInNoPartIsLeftOver) {
  const Matrix<float> a = noise(5000, 1), b = noise(5000, 2);
  const SignalSums sums = sums_of({a, b}, {a, scaled_sum(b, 0.999F, b, 0)});
  EXPECT_NEAR(left_over_db(sums), -63, 0.1);  // a thousandth of half the energy
  EXPECT_TRUE(std::isnan(left_over_db(sums_of({a}, {a}))));
}

TEST(Scores, AnAssignmentOfOtherPartsIsRefused) {
  const SignalSums sums = sums_of({noise(600, 1)}, {noise(600, 2)});
  EXPECT_TRUE(test::throws_error([&] { (void)score_sources(sums, {0, 0}); }, ErrorCode::usage,
                                 "assignment.size() = 2, expected 1"));
  const SignalSums two = sums_of({noise(600, 1)}, {noise(600, 2), noise(600, 3)});
  EXPECT_TRUE(test::throws_error([&] { (void)match_by_sir(two); }, ErrorCode::usage,
                                 "num_parts = 2, expected 1"));
}

TEST(Grouping, PartsFindTheSourceTheyAreTakenFrom) {
  // 3^6 assignments are all tried, 3^60 are not.
  for (const Index per_source : {Index{2}, Index{20}}) {
    std::vector<Matrix<float>> references, parts;
    for (std::uint32_t s = 0; s < 3; ++s) {
      references.emplace_back(4000, 1);
      for (Index p = 0; p < per_source; ++p) {
        const Matrix<float> part = noise(4000, 100 * s + static_cast<std::uint32_t>(p));
        references[s] = scaled_sum(references[s], 1, part, 1);
        parts.push_back(part);
      }
    }
    const Assignment found = group_by_oracle(sums_of(references, parts));
    for (std::size_t p = 0; p < parts.size(); ++p) {
      EXPECT_EQ(found[p], static_cast<Index>(p) / per_source) << p;
    }
  }
}

TEST(Grouping, EverySourceGetsAPartWhereThereAreEnough) {
  const Matrix<float> a = noise(4000, 1), b = noise(4000, 2);
  std::vector<Matrix<float>> parts;
  for (int p = 0; p < 2; ++p) parts.push_back(scaled_sum(a, 0.4F, a, 0));
  const Assignment two = group_by_oracle(sums_of({a, b}, parts));
  EXPECT_NE(two[0], two[1]);
  for (int p = 0; p < 28; ++p) parts.push_back(scaled_sum(a, 0.005F, a, 0));
  const Assignment thirty = group_by_oracle(sums_of({a, b}, parts));
  EXPECT_EQ(std::accumulate(thirty.begin(), thirty.end(), Index{0}), 1);
}

TEST(BestMatching, HasTheLargestSumOfAllPermutations) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    constexpr Index kSize = 5;
    const Matrix<float> random = test::nonnegative_matrix(kSize, kSize, seed);
    Matrix<double> values(kSize, kSize);
    for (Index c = 0; c < kSize; ++c) {
      for (Index r = 0; r < kSize; ++r) values(r, c) = static_cast<double>(random(r, c)) - 0.5;
    }
    const auto sum = [&](const std::vector<Index>& columns) {
      double total = 0;
      for (Index r = 0; r < kSize; ++r) total += values(r, columns[r]);
      return total;
    };
    std::vector<Index> order(kSize);
    std::iota(order.begin(), order.end(), Index{0});
    double best = sum(order);
    while (std::next_permutation(order.begin(), order.end())) best = std::max(best, sum(order));
    EXPECT_NEAR(sum(best_matching(values)), best, 1e-12) << seed;
  }
}

}  // namespace
}  // namespace partwise
