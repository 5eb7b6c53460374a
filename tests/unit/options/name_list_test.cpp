// Names of parts as one option's value.
#include <gtest/gtest.h>

#include <options/name_list.hpp>
#include <partwise/run_options.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

using Names = std::vector<std::string>;

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
                                 "names = a,b, expected at most 1 name, one a part"));
  EXPECT_TRUE(test::throws_error([] { check_names(Names(7, "x"), 6); }, ErrorCode::usage,
                                 "expected at most 6 names"));
}

}  // namespace
}  // namespace partwise
