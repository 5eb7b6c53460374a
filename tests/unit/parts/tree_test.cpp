#include <gtest/gtest.h>

#include <cmath>
#include <partwise/parts.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

using test::throws_error;

// 0 and 1 make 5, 2 and 3 make 6, 4 joins 5 to make 7, all are 8.
const std::vector<Merge> kTree = {{0, 1, 2}, {2, 3, 0}, {4, 5, -1}, {6, 7, -3}};

TEST(MergeTree, ACutAtKHasKGroupsAndOneStepDownSplitsOneOfThem) {
  EXPECT_EQ(cut_tree(kTree, 5, 5), (PartGroups{{0}, {1}, {2}, {3}, {4}}));
  EXPECT_EQ(cut_tree(kTree, 5, 4), (PartGroups{{0, 1}, {2}, {3}, {4}}));
  EXPECT_EQ(cut_tree(kTree, 5, 3), (PartGroups{{0, 1}, {2, 3}, {4}}));
  EXPECT_EQ(cut_tree(kTree, 5, 2), (PartGroups{{0, 1, 4}, {2, 3}}));
  EXPECT_EQ(cut_tree(kTree, 5, 1), (PartGroups{{0, 1, 2, 3, 4}}));
}

TEST(MergeTree, AGroupComesApartWhereItWasLastMerged) {
  EXPECT_EQ(split_group(kTree, 5, {0, 1, 4}, 2), (PartGroups{{0, 1}, {4}}));
  EXPECT_EQ(split_group(kTree, 5, {0, 1, 4}, 3), (PartGroups{{0}, {1}, {4}}));
}

TEST(MergeTree, AGroupThatAPersonMadeComesApartToo) {
  EXPECT_EQ(split_group(kTree, 5, {0, 1, 2}, 2), (PartGroups{{0, 1}, {2}}));
  EXPECT_EQ(split_group(kTree, 5, {1, 3, 4}, 2), (PartGroups{{1, 4}, {3}}));
}

TEST(MergeTree, AGroupHasNoMorePiecesThanComponents) {
  EXPECT_TRUE(throws_error([] { (void)split_group(kTree, 5, {0, 1}, 3); }, ErrorCode::usage,
                           "parts = 3, expected 1..2"));
  EXPECT_TRUE(throws_error([] { (void)split_group(kTree, 5, {0, 1}, 0); }, ErrorCode::usage,
                           "parts = 0, expected 1..2"));
}

TEST(MergeTree, ConfidenceIsTheMeanProbabilityWeightedByTheSmallerOfTwo) {
  const auto p = [](double z) { return 1 / (1 + std::exp(-z)); };
  const std::vector<double> energies = {4, 1, 3, 3, 2};
  const auto confidence = part_confidence(kTree, energies, {{0, 1, 4}, {2}, {3}});
  EXPECT_NEAR(confidence[0], (1 * p(2) + 2 * p(-1)) / 3, 1e-12);
  EXPECT_EQ(confidence[1], 1);
  // A group across the tree: 1 and 3 met in the last merge.
  EXPECT_NEAR(part_confidence(kTree, energies, {{1, 3}})[0], p(-3), 1e-12);
}

TEST(MergeTree, SilentComponentsHaveNoSayInTheConfidence) {
  EXPECT_EQ(part_confidence(kTree, {1, 0, 0, 0, 0}, {{0, 1, 2, 3, 4}})[0], 1);
}

TEST(MergeTree, OneComponentHasNoMerges) {
  const Matrix<double> z(1, 1);
  EXPECT_TRUE(merge_tree(z, {1}, 1).empty());
  EXPECT_EQ(cut_tree({}, 1, 1), (PartGroups{{0}}));
}

TEST(MergeTree, SmallOnesAreSwallowedBeforeLargeOnesMerge) {
  Matrix<double> z(3, 3);
  z(0, 1) = z(1, 0) = 1;  // two large ones, a little more alike
  z(1, 2) = z(2, 1) = 0;
  z(0, 2) = z(2, 0) = -2;
  const auto tree = merge_tree(z, {10, 10, 0.1}, 2);
  EXPECT_EQ(tree[0].first, 1);
  EXPECT_EQ(tree[0].second, 2);
}

TEST(MergeTree, WithoutAnySoundThereIsStillATreeOfFiniteNumbers) {
  const Matrix<double> z(4, 4);
  const auto tree = merge_tree(z, {0, 0, 0, 0}, 2);
  ASSERT_EQ(tree.size(), 3u);
  for (const Merge& merge : tree) EXPECT_EQ(merge.log_odds, 0);
  EXPECT_EQ(cut_tree(tree, 4, 2).size(), 2u);
}

}  // namespace
}  // namespace partwise
