// Which parts a run keeps, and the part that all others become.
#include <gtest/gtest.h>

#include <run/select_parts.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

constexpr Index kComponents = 5;

Analysis five_components() {
  Analysis analysis;
  analysis.options.stft = {6, 3};
  analysis.sample_rate_hz = 6000;
  analysis.w = Matrix<float>(4, kComponents);
  analysis.h = Matrix<float>(kComponents, 2);
  for (Index k = 0; k < kComponents; ++k) {
    analysis.w(k % 4, k) = 1;
    analysis.h(k, k % 2) = 1;
  }
  analysis.components =
      describe_components(analysis.w, analysis.h, analysis.bin_hz(), analysis.frame_seconds());
  return analysis;
}

RunOptions keeping(std::vector<std::string> only, std::vector<std::string> names = {}) {
  RunOptions options;
  options.analysis.factorize.num_components = kComponents;
  options.only = std::move(only);
  options.names = std::move(names);
  return options;
}

std::vector<std::string> names_after(const RunOptions& options, Analysis& analysis) {
  select_parts(options, analysis);
  std::vector<std::string> names;
  for (const PartName& part : analysis.part_names) names.push_back(part.name + "/" + part.stem);
  return names;
}

TEST(SelectParts, KeepsPartsByNameAndByNumberAndGathersTheRest) {
  Analysis analysis = five_components();
  EXPECT_EQ(names_after(keeping({"kick", "3"}, {"hat", "kick"}), analysis),
            (std::vector<std::string>{"rest/rest", "kick/part-01-kick", "part-03/part-03"}));
  EXPECT_EQ(analysis.options.separate.groups, (PartGroups{{0, 2, 4}, {1}, {3}}));
}

TEST(SelectParts, OfAllPartsLeavesNoRest) {
  Analysis analysis = five_components();
  const auto names = names_after(keeping({"4", "0", "1", "part-02", "3"}), analysis);
  EXPECT_EQ(names.size(), 5U);
  EXPECT_EQ(names[2], "part-02/part-02");
  EXPECT_EQ(analysis.options.separate.groups.size(), 5U);
}

TEST(SelectParts, WithoutASelectionChangesNothing) {
  Analysis analysis = five_components();
  select_parts(keeping({}), analysis);
  EXPECT_TRUE(analysis.part_names.empty());
  EXPECT_TRUE(analysis.options.separate.groups.empty());
}

TEST(SelectParts, CountsPartsOfSeveralComponents) {
  Analysis analysis = five_components();
  analysis.options.separate.groups = {{0, 4}, {1, 2}};
  EXPECT_EQ(names_after(keeping({"1"}), analysis),
            (std::vector<std::string>{"rest/rest", "part-01/part-01"}));
  EXPECT_EQ(analysis.options.separate.groups, (PartGroups{{0, 3, 4}, {1, 2}}));
}

TEST(SelectParts, TakesANameBeforeANumber) {
  Analysis analysis = five_components();
  (void)names_after(keeping({"3"}, {"3"}), analysis);
  EXPECT_EQ(analysis.options.separate.groups, (PartGroups{{0}, {1, 2, 3, 4}}));
}

TEST(SelectParts, RefusesAPartThatIsNotThere) {
  Analysis analysis = five_components();
  EXPECT_TRUE(test::throws_error([&] { select_parts(keeping({"snare"}, {"kick"}), analysis); },
                                 ErrorCode::usage,
                                 "snare, expected names or numbers of parts, 0..4 (kick, part-01, "
                                 "part-02, part-03, part-04)"));
  EXPECT_TRUE(test::throws_error([&] { select_parts(keeping({"1", "part-01"}), analysis); },
                                 ErrorCode::usage, "each part once"));
}

TEST(CheckSelection, RefusesBeforeAnyWorkWhatCannotBeThere) {
  check_selection(keeping({}));
  check_selection(keeping({"kick", "4", "part-02"}, {"kick"}));
  for (const auto& only : {"5", "snare", "-1", "99999999999999999999"}) {
    EXPECT_TRUE(test::throws_error([&] { check_selection(keeping({only}, {"kick"})); },
                                   ErrorCode::usage, "expected names or numbers of parts, 0..4"))
        << only;
  }
  EXPECT_TRUE(test::throws_error([&] { check_selection(keeping({"1", "1"})); }, ErrorCode::usage,
                                 "each part once"));
}

}  // namespace
}  // namespace partwise
