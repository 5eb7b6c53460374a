// mir_eval 0.7 on small sounds, hits and notes. tests/data/make_evaluate.py made the arrays.
#include <gtest/gtest.h>

#include <string>
#include <support/reference.hpp>
#include <support/scored.hpp>

namespace partwise {
namespace {

using test::Arrays;
using test::data_path;

// What is promised; mir_eval's own rounding is a millionth of it here.
constexpr double kPromised_db = 1e-3;

class GoldenEvaluate : public testing::Test {
 protected:
  Arrays arrays_{data_path("evaluate.npz")};

  void expect_scores(const std::string& name, const SignalSums& sums,
                     const Assignment& assignment) {
    const Matrix<double> expected = arrays_.matrix(name);
    const std::vector<SourceScores> scores = score_sources(sums, assignment);
    for (Index i = 0; i < expected.cols(); ++i) {
      EXPECT_NEAR(scores[i].sdr_db, expected(0, i), kPromised_db) << name << ' ' << i;
      EXPECT_NEAR(scores[i].sir_db, expected(1, i), kPromised_db) << name << ' ' << i;
      EXPECT_NEAR(scores[i].sar_db, expected(2, i), kPromised_db) << name << ' ' << i;
    }
  }

  SignalSums sums_named(const std::string& name) {
    return test::sums_of(test::signals_of(arrays_.matrix_float(name + "_references")),
                         test::signals_of(arrays_.matrix_float(name + "_estimates")));
  }
};

TEST_F(GoldenEvaluate, ThePermutationAndItsScoresAreThoseOfMirEval) {
  const SignalSums sums = sums_named("three");
  const Assignment assignment = match_by_sir(sums);
  const std::vector<double> order = arrays_.vector("three_order");
  for (std::size_t i = 0; i < order.size(); ++i) {
    EXPECT_EQ(assignment[static_cast<std::size_t>(order[i])], static_cast<Index>(i));
  }
  expect_scores("three_best", sums, assignment);
}

TEST_F(GoldenEvaluate, ScoresOfAGivenOrderAreThoseOfMirEval) {
  expect_scores("three_as_they_are", sums_named("three"), {0, 1, 2});
}

TEST_F(GoldenEvaluate, OneSourceAloneIsScoredAsInMirEval) {
  const SignalSums sums = sums_named("one");
  const SourceScores score = score_sources(sums, {0}).front();
  const Matrix<double> expected = arrays_.matrix("one_best");
  EXPECT_NEAR(score.sdr_db, expected(0, 0), kPromised_db);
  EXPECT_NEAR(score.sar_db, expected(2, 0), kPromised_db);
  // Nothing can interfere: mir_eval finds the rounding of its own sums, here it is the limit.
  EXPECT_NEAR(score.sir_db, 140, 1);
}

TEST_F(GoldenEvaluate, NearlyPerfectEstimatesAreScoredAsInMirEval) {
  expect_scores("close_best", sums_named("close"), {0, 1});
}

TEST_F(GoldenEvaluate, OnsetsAreMatchedAsInMirEval) {
  const Matrix<double> expected = arrays_.matrix("hits_f");
  const std::vector<double> windows = arrays_.vector("hits_windows");
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const EventScores scores =
        score_onsets(arrays_.vector("hits_true"), arrays_.vector("hits_found"), windows[w]);
    EXPECT_DOUBLE_EQ(scores.f_measure(), expected(static_cast<Index>(w), 0));
    EXPECT_DOUBLE_EQ(scores.precision(), expected(static_cast<Index>(w), 1));
    EXPECT_DOUBLE_EQ(scores.recall(), expected(static_cast<Index>(w), 2));
  }
}

TEST_F(GoldenEvaluate, NotesAreMatchedAsInMirEval) {
  const auto notes = [&](const std::string& name) {
    const Matrix<double> rows = arrays_.matrix(name);
    std::vector<NoteEvent> out;
    for (Index i = 0; i < rows.cols(); ++i) out.push_back({rows(0, i), rows(1, i), rows(2, i)});
    return out;
  };
  for (const bool with_offsets : {false, true}) {
    NoteRules rules;
    rules.with_offsets = with_offsets;
    const EventScores scores = score_notes(notes("notes_true"), notes("notes_found"), rules);
    const auto expected = arrays_.vector(with_offsets ? "notes_f_with_offsets" : "notes_f");
    EXPECT_DOUBLE_EQ(scores.f_measure(), expected[0]);
    EXPECT_DOUBLE_EQ(scores.precision(), expected[1]);
    EXPECT_DOUBLE_EQ(scores.recall(), expected[2]);
  }
}

}  // namespace
}  // namespace partwise
