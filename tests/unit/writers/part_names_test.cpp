#include <gtest/gtest.h>

#include <partwise/run_options.hpp>
#include <support/expect_error.hpp>
#include <writers/part_names.hpp>

namespace partwise {
namespace {

using Names = std::vector<std::string>;

std::string stem(const std::string& name) { return part_names(1, {name})[0].stem; }

TEST(PartName, HasTwoDigitsOrAsManyAsNeeded) {
  EXPECT_EQ(part_name(0, 1), "part-00");
  EXPECT_EQ(part_name(7, 100), "part-07");
  EXPECT_EQ(part_name(7, 101), "part-007");
  EXPECT_EQ(part_name(100, 101), "part-100");
}

TEST(PartNames, AreTheNumbersWhereNobodyNamedThem) {
  const auto parts = part_names(3, {"Kick"});
  EXPECT_EQ(parts[0].name, "Kick");
  EXPECT_EQ(parts[0].stem, "part-00-kick");
  EXPECT_EQ(parts[2].name, "part-02");
  EXPECT_EQ(parts[2].stem, "part-02");
}

TEST(PartNames, StemsKeepToAGrammarWhateverTheName) {
  EXPECT_EQ(stem("Hi-Hat (open)"), "part-00-hi-hat-open");
  EXPECT_EQ(stem("../../etc/passwd"), "part-00-etc-passwd");
  EXPECT_EQ(stem("-"), "part-00");
  EXPECT_EQ(stem("鼓"), "part-00");
  EXPECT_EQ(stem("Été 7"), "part-00-t-7");
  EXPECT_EQ(stem(std::string(64, 'x')), "part-00-" + std::string(40, 'x'));
  EXPECT_EQ(stem(std::string(39, 'x') + " yz"), "part-00-" + std::string(39, 'x'));
}

TEST(PartNames, AlikeOnesGetFilesOfTheirOwn) {
  const auto parts = part_names(3, {"kick", "Kick", "kick!"});
  EXPECT_EQ(parts[0].stem, "part-00-kick");
  EXPECT_EQ(parts[1].stem, "part-01-kick");
  EXPECT_EQ(parts[2].stem, "part-02-kick");
}

TEST(ParseNames, SplitsAtCommasAndTakesBlanksAway) {
  EXPECT_EQ(parse_names("names", "kick, Snare drum ,hat"), (Names{"kick", "Snare drum", "hat"}));
  EXPECT_EQ(names_text(parse_names("names", " a , b ")), "a,b");
}

TEST(ParseNames, RefusesWhatNobodyCouldRead) {
  const std::string expected = ", expected names of 1..64 bytes with commas between them";
  for (const std::string value : {"", ",", "a,,b", "a,", " ", "a,b\nc", "\xff", "a,\x1b[31m"}) {
    EXPECT_TRUE(
        test::throws_error([&] { (void)parse_names("names", value); }, ErrorCode::usage, expected))
        << value;
  }
  EXPECT_TRUE(test::throws_error([] { (void)parse_names("names", std::string(65, 'x')); },
                                 ErrorCode::usage, expected));
}

TEST(CheckNames, ThereMayBeFewerThanPartsButNotMore) {
  check_names({"a", "b"}, 3);
  EXPECT_TRUE(test::throws_error([] { check_names({"a", "b"}, 1); }, ErrorCode::usage,
                                 "--names = a,b, expected at most 1 name, one a part"));
  EXPECT_TRUE(test::throws_error([] { check_names(Names(7, "x"), 6); }, ErrorCode::usage,
                                 "expected at most 6 names"));
}

}  // namespace
}  // namespace partwise
