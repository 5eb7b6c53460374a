#include <gtest/gtest.h>

#include <writers/part_names.hpp>

namespace partwise {
namespace {

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

}  // namespace
}  // namespace partwise
