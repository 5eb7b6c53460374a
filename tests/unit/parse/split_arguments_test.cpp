#include <gtest/gtest.h>

#include <array>
#include <parse/split_arguments.hpp>
#include <string>
#include <vector>

namespace partwise::program {
namespace {

constexpr std::array<OptionName, 4> kNames = {{{"output", 'o', true},
                                               {"components", 'k', true},
                                               {"mono", 'm', false},
                                               {"force", 'f', false}}};
constexpr std::size_t kOutput = 0, kComponents = 1, kMono = 2, kForce = 3;

SplitArguments split(const std::vector<const char*>& arguments) {
  return split_arguments(arguments, kNames);
}

using Uses = std::vector<std::pair<std::size_t, std::string>>;

Uses uses(const SplitArguments& split) {
  Uses out;
  for (const auto& [option, value] : split.given) out.emplace_back(option, value);
  return out;
}

std::vector<std::pair<std::size_t, ValueFault>> faults(const std::vector<const char*>& arguments) {
  std::vector<std::pair<std::size_t, ValueFault>> out;
  for (const auto& [option, what] : split(arguments).faults) out.emplace_back(option, what);
  return out;
}

using Words = std::vector<std::string>;

TEST(SplitArguments, AValueIsFoundInEveryWayOfWritingIt) {
  const Uses expected = {{kComponents, "6"}};
  EXPECT_EQ(uses(split({"--components", "6"})), expected);
  EXPECT_EQ(uses(split({"--components=6"})), expected);
  EXPECT_EQ(uses(split({"-k", "6"})), expected);
  EXPECT_EQ(uses(split({"-k6"})), expected);
}

TEST(SplitArguments, SeveralFlagsAndOneValueMayFollowOneDash) {
  EXPECT_EQ(uses(split({"-mfk6"})), (Uses{{kMono, ""}, {kForce, ""}, {kComponents, "6"}}));
  EXPECT_EQ(uses(split({"-mo", "a"})), (Uses{{kMono, ""}, {kOutput, "a"}}));
}

TEST(SplitArguments, OperandsMayStandBetweenOptions) {
  const auto out = split({"a.wav", "--mono", "b.wav", "-k", "2", "c.wav"});
  EXPECT_EQ(out.operands, (Words{"a.wav", "b.wav", "c.wav"}));
  EXPECT_EQ(uses(out), (Uses{{kMono, ""}, {kComponents, "2"}}));
}

TEST(SplitArguments, AValueMayLookLikeAnOption) {
  EXPECT_EQ(uses(split({"--output", "--mono", "-k", "-3"})),
            (Uses{{kOutput, "--mono"}, {kComponents, "-3"}}));
  EXPECT_EQ(uses(split({"--output=a=b"})), (Uses{{kOutput, "a=b"}}));
}

TEST(SplitArguments, ADashAndNegativeNumbersAreOperands) {
  EXPECT_EQ(split({"-", "-5", ""}).operands, (Words{"-", "-5", ""}));
}

TEST(SplitArguments, AllBehindTwoDashesIsOperands) {
  const auto out = split({"a", "--", "--mono", "--", "-k"});
  EXPECT_EQ(out.operands, (Words{"a", "--mono", "--", "-k"}));
  EXPECT_TRUE(out.given.empty());
}

TEST(SplitArguments, WhatIsNotAmongTheNamesIsUnknownAsTyped) {
  EXPECT_EQ(split({"--out=a", "-mxf", "--=a", "---"}).unknown,
            (Words{"--out=a", "-xf", "--=a", "---"}));
}

TEST(SplitArguments, AFaultyValueIsNamed) {
  EXPECT_EQ(faults({"--output="}), (std::vector{std::pair(kOutput, ValueFault::empty)}));
  EXPECT_EQ(faults({"--mono=yes"}), (std::vector{std::pair(kMono, ValueFault::unwanted)}));
  EXPECT_EQ(faults({"-k"}), (std::vector{std::pair(kComponents, ValueFault::missing)}));
  EXPECT_EQ(faults({"-k", "--", "6"}), (std::vector{std::pair(kComponents, ValueFault::missing)}));
}

TEST(SplitArguments, HelpAndVersionAreKnownToEveryCommand) {
  EXPECT_TRUE(split({"a", "--help"}).help);
  EXPECT_TRUE(split({"-mh"}).help);
  EXPECT_TRUE(split({"--version"}).version);
  EXPECT_FALSE(split({"--output", "--help"}).help);
}

}  // namespace
}  // namespace partwise::program
