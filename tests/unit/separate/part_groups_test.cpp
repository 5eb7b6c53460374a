#include <gtest/gtest.h>

#include <partwise/separate.hpp>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/separation.hpp>

namespace partwise {
namespace {

TEST(PartGroups, ComponentsThatNoGroupNamesAreAPartOfTheirOwn) {
  EXPECT_EQ(part_groups({}, 3), (PartGroups{{0}, {1}, {2}}));
  EXPECT_EQ(part_groups({{3, 0}, {2, 1}}, 5), (PartGroups{{0, 3}, {1, 2}, {4}}));
  EXPECT_EQ(part_groups({{2}}, 3), (PartGroups{{0}, {1}, {2}}));
}

TEST(PartGroups, AreRefusedWhereAComponentIsMissingOrStandsTwice) {
  const auto refused = [](const PartGroups& groups, const std::string& words) {
    return test::throws_error([&] { (void)part_groups(groups, 3); }, ErrorCode::usage, words);
  };
  EXPECT_TRUE(refused({{0, 3}}, "groups = component 3, expected 0..2"));
  EXPECT_TRUE(refused({{-1}}, "groups = component -1, expected 0..2"));
  EXPECT_TRUE(refused({{0, 1}, {1, 2}}, "groups = component 1, expected each component once"));
  EXPECT_TRUE(refused({{0, 0}}, "groups = component 0, expected each component once"));
  EXPECT_TRUE(refused({{0}, {}}, "groups = one of 0 components"));
}

}  // namespace
}  // namespace partwise
