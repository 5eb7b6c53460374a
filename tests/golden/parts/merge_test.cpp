// Similarity, energies and tree of eight components as numpy and scipy compute them from the same
// formulas (tests/data/make_parts.py).
#include <gtest/gtest.h>

#include <partwise/parts.hpp>
#include <support/compare.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

using test::Arrays;
using test::data_path;
using test::matrices_close;

constexpr SimilarityOptions kOptions{43.0664, 0.0232};
constexpr double kExponent = 1.5;
constexpr Index kParts = 3;
// Both are sums in double in another order.
constexpr double kRounding = 1e-10;

class GoldenParts : public testing::Test {
 protected:
  Arrays arrays_{data_path("parts.npz")};
  Matrix<float> w_ = arrays_.matrix_float("W"), h_ = arrays_.matrix_float("H");
  Reducer reducer_;
};

TEST_F(GoldenParts, LogOddsAreThoseOfNumpy) {
  EXPECT_TRUE(matrices_close(same_source_log_odds(w_, h_, kOptions, reducer_),
                             arrays_.matrix("log_odds"), kRounding));
}

TEST_F(GoldenParts, EnergiesOfMasksAreThoseOfNumpy) {
  const Matrix<float> v = arrays_.matrix_float("V");
  const auto energies = mask_energies(v, w_, h_, kExponent, reducer_);
  const Matrix<double> expected = arrays_.matrix("energies");
  ASSERT_EQ(static_cast<Index>(energies.size()), expected.rows());
  for (Index k = 0; k < expected.rows(); ++k) {
    EXPECT_NEAR(energies[k], expected(k, 0), kRounding * expected(k, 0)) << k;
  }
}

TEST_F(GoldenParts, TheTreeIsThatOfNumpy) {
  const Matrix<double> energies = arrays_.matrix("energies");
  const std::vector<double> e(energies.column(0), energies.column(0) + energies.rows());
  const auto tree = merge_tree(arrays_.matrix("log_odds"), e, kParts);
  const Matrix<double> nodes = arrays_.matrix("tree"), odds = arrays_.matrix("tree_log_odds");
  ASSERT_EQ(static_cast<Index>(tree.size()), nodes.rows());
  for (Index i = 0; i < nodes.rows(); ++i) {
    EXPECT_EQ(static_cast<double>(tree[i].first), nodes(i, 0)) << i;
    EXPECT_EQ(static_cast<double>(tree[i].second), nodes(i, 1)) << i;
    EXPECT_NEAR(tree[i].log_odds, odds(i, 0), kRounding) << i;
  }
}

}  // namespace
}  // namespace partwise
