#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/parts.hpp>
#include <set>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;
using test::same_bits;
using test::throws_error;

constexpr SimilarityOptions kSimilarity{21.5, 0.0232};
constexpr double kExponent = 1.5;

PartsOptions parts(Index count) {
  PartsOptions out;
  out.num_parts = count;
  out.method = PartMethod::merge;
  return out;
}

void expect_all_finite(const PartsResult& result) {
  for (const Merge& merge : result.tree) EXPECT_TRUE(std::isfinite(merge.log_odds));
  for (const double c : result.confidence) EXPECT_TRUE(c >= 0 && c <= 1) << c;
}

TEST(GatherParts, EveryComponentIsInOnePartAndEachPartHasAName) {
  const auto w = random_matrix<float>(200, 12, 1), h = random_matrix<float>(12, 60, 2);
  const auto v = random_data<float>(200, 60, 5, 3);
  Reducer reducer;
  for (const Index count : {1, 2, 5, 12}) {
    const PartsResult result = gather_parts(v, w, h, parts(count), kSimilarity, kExponent, reducer);
    ASSERT_EQ(static_cast<Index>(result.groups.size()), count);
    std::set<Index> seen;
    for (const auto& group : result.groups) seen.insert(group.begin(), group.end());
    EXPECT_EQ(seen.size(), 12u);
    EXPECT_EQ(result.tree.size(), 11u);
    EXPECT_EQ(result.names.size(), result.groups.size());
    EXPECT_EQ(std::set(result.names.begin(), result.names.end()).size(), result.names.size());
    expect_all_finite(result);
  }
}

TEST(GatherParts, ThreadsDoNotChangeABit) {
  const auto w = random_matrix<float>(300, 20, 1), h = random_matrix<float>(20, 500, 2);
  const auto v = random_data<float>(300, 500, 5, 3);
  Reducer one, three(3);
  EXPECT_TRUE(same_bits(same_source_log_odds(w, h, kSimilarity, one),
                        same_source_log_odds(w, h, kSimilarity, three)));
  EXPECT_EQ(mask_energies(v, w, h, kExponent, one), mask_energies(v, w, h, kExponent, three));
}

TEST(GatherParts, SilenceDeadComponentsAndExtremeNumbersGiveFiniteNumbers) {
  Reducer reducer;
  const auto w = random_matrix<float>(100, 6, 1), h = random_matrix<float>(6, 40, 2);
  const Matrix<float> silent(100, 40);
  for (const float scale : {0.0F, 1e-30F, 1e-19F, 1.0F, 1e18F, 1e30F}) {
    auto scaled = h;
    for (Index t = 0; t < 40; ++t) {
      for (Index k = 0; k < 6; ++k) scaled(k, t) *= scale;
      scaled(2, t) = 0;  // dead beside whatever the others are
    }
    for (const double exponent : {0.1, 1.0, 1.5, 10.0}) {
      for (const Matrix<float>* v : {&silent, &w}) {
        const auto view = v == &w ? w.view().columns(0, 6) : v->view();
        const auto h_view = MatrixView<const float>(scaled).columns(0, view.cols);
        const PartsResult result =
            gather_parts(view, w, h_view, parts(2), kSimilarity, exponent, reducer);
        EXPECT_EQ(result.groups.size(), 2u);
        expect_all_finite(result);
        for (const double e : mask_energies(view, w, h_view, exponent, reducer)) {
          EXPECT_TRUE(std::isfinite(e)) << scale << " " << exponent;
        }
      }
    }
  }
}

TEST(GatherParts, OneFrameAndOneComponentAreEnough) {
  Reducer reducer;
  const auto w = random_matrix<float>(100, 1, 1), h = random_matrix<float>(1, 1, 2);
  const PartsResult result = gather_parts(w, w, h, parts(1), kSimilarity, kExponent, reducer);
  EXPECT_EQ(result.groups, (PartGroups{{0}}));
  EXPECT_EQ(result.confidence, std::vector<double>{1});
  EXPECT_TRUE(result.tree.empty());
}

TEST(GatherParts, TwoThatSoundAlikeAndPlayTogetherAreOnePart) {
  Matrix<float> w(200, 3), h(3, 100);
  for (Index f = 0; f < 200; ++f) {
    const auto hill = [&](double at) {
      return static_cast<float>(std::exp(-0.01 * std::pow(static_cast<double>(f) - at, 2)));
    };
    w(f, 0) = hill(20);
    w(f, 1) = hill(150);
    w(f, 2) = hill(24);
  }
  for (Index t = 0; t < 100; ++t) {
    h(0, t) = std::exp(-0.1F * static_cast<float>(t % 25));
    h(2, t) = 0.6F * std::exp(-0.12F * static_cast<float>(t % 25));
    h(1, t) = std::exp(-0.1F * static_cast<float>((t + 12) % 25));
  }
  Reducer reducer;
  const auto z = same_source_log_odds(w, h, kSimilarity, reducer);
  EXPECT_GT(z(0, 2), 0);
  EXPECT_LT(z(0, 1), 0);
  EXPECT_EQ(gather_parts(random_data<float>(200, 100, 3, 1), w, h, parts(2), kSimilarity, kExponent,
                         reducer)
                .groups,
            (PartGroups{{0, 2}, {1}}));
}

TEST(PartsOptions, WhatIsOutOfRangeIsNamedWithItsRange) {
  const auto refused = [](PartsOptions options, Index components, const std::string& words) {
    return throws_error([&] { validate(options, components); }, ErrorCode::usage, words);
  };
  EXPECT_TRUE(refused(parts(257), 6, "parts = 257, expected 1..256"));
  EXPECT_TRUE(refused(parts(-1), 6, "parts = -1, expected 1..256"));
  PartsOptions given = parts(7);
  EXPECT_TRUE(refused(given, 6, "parts = 7, expected 1..6 (so many components there are)"));
  EXPECT_TRUE(refused(given, 1025, "num_components = 1025, expected 1..1024"));
  given.method = PartMethod::plain;
  EXPECT_TRUE(refused(given, 8, "parts = 7, expected 8 (so many components there are"));
  validate(given, 7);
  PartsOptions none;
  none.method = PartMethod::merge;
  EXPECT_TRUE(refused(none, 6, "parts = none, expected 1..256 or auto"));
}

TEST(PartsOptions, ComponentsAreEightForEachPartUpToThirtyTwoAndTwoForEachOfMany) {
  EXPECT_EQ(components_for_parts(1, PartMethod::merge), 8);
  EXPECT_EQ(components_for_parts(3, PartMethod::merge), 24);
  EXPECT_EQ(components_for_parts(4, PartMethod::merge), 32);
  EXPECT_EQ(components_for_parts(16, PartMethod::merge), 32);
  EXPECT_EQ(components_for_parts(20, PartMethod::merge), 40);
  EXPECT_EQ(components_for_parts(20, PartMethod::plain), 20);
}

}  // namespace
}  // namespace partwise
