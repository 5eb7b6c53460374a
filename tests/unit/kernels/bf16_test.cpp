// Products with bf16 data: over tiles in software everywhere, and over the processor's where it has
// them, against sums in double.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <kernels/bf16_kernels.hpp>
#include <kernels/bf16_pack.hpp>
#include <limits>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using kernels::Bf16;
using kernels::to_float;
using test::random_matrix;

// Where a bf16 rounds: eight bits of significand.
constexpr double kRounding = 0x1p-8;

TEST(Bf16, RoundsToTheNearestAndTiesToEven) {
  EXPECT_EQ(to_float(kernels::to_bf16(1 + 0x1p-8F)), 1);  // half-way, 1 is even
  EXPECT_EQ(to_float(kernels::to_bf16(1 + 0x1.8p-7F)), 1 + 0x1p-6F);
  EXPECT_EQ(to_float(kernels::to_bf16(1 + 0x1.01p-8F)), 1 + 0x1p-7F);
  EXPECT_EQ(to_float(kernels::to_bf16(-3.0F)), -3);
  EXPECT_EQ(to_float(kernels::to_bf16(0.0F)), 0);
}

TEST(Bf16, TwoPiecesHoldAFloatToSixteenBits) {
  const auto x = random_matrix<float>(1000, 1, 1);
  std::vector<Bf16> rounded(1000);
  kernels::round_to_bf16(x.data(), 1000, rounded.data());
  for (Index i = 0; i < 1000; ++i) {
    const auto exact = static_cast<double>(x(i, 0));
    const auto [high, low] = kernels::split(x(i, 0));
    ASSERT_EQ(high.bits, rounded[i].bits);
    ASSERT_NEAR(to_float(high), exact, kRounding * exact);
    const double both = static_cast<double>(to_float(high)) + static_cast<double>(to_float(low));
    ASSERT_NEAR(both, exact, kRounding * kRounding * exact);
  }
}

/// Data in bf16 with all that the kernels may read beside it: large where it must not matter.
Matrix<Bf16> rounded(const Matrix<float>& x) {
  Matrix<Bf16> out(x.rows(), kernels::round_up(x.cols(), kernels::kBf16Columns));
  for (Index n = 0; n < out.cols(); ++n) {
    for (Index f = 0; f < x.rows(); ++f)
      out(f, n) = n < x.cols() ? kernels::to_bf16(x(f, n)) : kernels::to_bf16(1e9F);
  }
  return out;
}

/// W and H have rows of garbage behind their last.
Matrix<float> with_poisoned_padding(Matrix<float> m) {
  for (Index c = 0; c < m.cols(); ++c) {
    std::fill(m.column(c) + m.rows(), m.column(c) + m.stride(),
              std::numeric_limits<float>::quiet_NaN());
  }
  return m;
}

struct Problem {
  Problem(Index rows, Index components, Index cols)
      : v(random_matrix<float>(rows, cols, 1)),
        w(with_poisoned_padding(random_matrix<float>(rows, components, 2))),
        h(with_poisoned_padding(random_matrix<float>(components, cols, 3))),
        x(rounded(v)) {}
  Matrix<float> v, w, h;
  Matrix<Bf16> x;
};

Matrix<float> correlate(const kernels::Bf16Kernels& table, const Problem& p) {
  Matrix<Bf16> w(kernels::packed_templates_size(p.w.rows(), p.w.cols()), 1);
  kernels::pack_templates(p.w.data(), p.w.stride(), p.w.rows(), p.w.cols(), w.data());
  Matrix<float> c(p.w.cols(), p.x.cols());
  std::fill_n(c.data(), c.stride() * c.cols(), std::numeric_limits<float>::quiet_NaN());
  table.correlate({p.x.data(), p.x.stride(), w.data(), c.data(), c.stride(), p.w.rows(), p.w.cols(),
                   p.v.cols()});
  return c;
}

Matrix<float> accumulate(const kernels::Bf16Kernels& table, const Problem& p) {
  Matrix<Bf16> h(kernels::packed_activations_size(p.h.rows(), p.h.cols()), 1);
  kernels::pack_activations(p.h.data(), p.h.stride(), p.h.rows(), p.h.cols(), h.data());
  auto c = random_matrix<float>(p.w.rows(), p.w.cols(), 4);
  table.accumulate({p.x.data(), p.x.stride(), h.data(), c.data(), c.stride(), p.w.rows(),
                    p.w.cols(), p.v.cols()});
  return c;
}

/// Of a sum of positive terms whose factors are split in two: 2^-16 for the split, and 2^-24 for
/// each addition on the longest way of a term through a tile (16), its other half, the sum before
/// it, and the high and low parts at the end, of which there is one for each 32 terms.
double tolerance_of_sum(Index terms) {
  constexpr double kSplit = kRounding * kRounding;
  constexpr Index kWithinATile = 16 + 3;
  const Index additions = kWithinATile + terms / kernels::kTileBf16 + 1;
  return kSplit + 0x1p-24 * static_cast<double>(additions);
}

/// Elements are positive throughout: |error| <= tolerance * sum.
void expect_products(const kernels::Bf16Kernels& table, Index rows, Index components, Index cols) {
  SCOPED_TRACE(testing::Message() << rows << " x " << components << " x " << cols);
  const Problem p(rows, components, cols);
  const auto correlated = correlate(table, p);
  const auto accumulated = accumulate(table, p);
  const auto before = random_matrix<float>(rows, components, 4);
  for (Index k = 0; k < components; ++k) {
    for (Index n = 0; n < cols; ++n) {
      double of_rounded = 0, of_float = 0;
      for (Index f = 0; f < rows; ++f) {
        const auto w = static_cast<double>(p.w(f, k));
        of_rounded += w * static_cast<double>(to_float(p.x(f, n)));
        of_float += w * static_cast<double>(p.v(f, n));
      }
      const double tolerance = tolerance_of_sum(rows);
      ASSERT_NEAR(correlated(k, n), of_rounded, tolerance * of_rounded) << k << ", " << n;
      ASSERT_NEAR(correlated(k, n), of_float, (tolerance + kRounding) * of_float);
    }
    for (Index f = 0; f < rows; ++f) {
      auto of_rounded = static_cast<double>(before(f, k)), of_float = of_rounded;
      for (Index n = 0; n < cols; ++n) {
        const auto h = static_cast<double>(p.h(k, n));
        of_rounded += h * static_cast<double>(to_float(p.x(f, n)));
        of_float += h * static_cast<double>(p.v(f, n));
      }
      const double tolerance = tolerance_of_sum(cols);
      ASSERT_NEAR(accumulated(f, k), of_rounded, tolerance * of_rounded) << f << ", " << k;
      ASSERT_NEAR(accumulated(f, k), of_float, (tolerance + kRounding) * of_float);
    }
  }
}

constexpr Index kRows[] = {1, 2, 15, 16, 17, 31, 32, 33, 63, 65, 127, 129, 257};
constexpr Index kCols[] = {1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128};

TEST(Bf16Products, AreTheSumsInDoubleForEveryNumberOfRowsAndColumns) {
  for (const Index rows : kRows) {
    for (const Index cols : kCols) {
      for (const Index components : {3, 17})
        expect_products(kernels::bf16_software_kernels(), rows, components, cols);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Bf16Products, AreTheSumsInDoubleForEveryNumberOfComponents) {
  for (Index components = 1; components <= 70; ++components) {
    expect_products(kernels::bf16_software_kernels(), 70, components, 45);
    if (HasFatalFailure()) return;
  }
}

/// The sum of one frame's products with ones, as tiles make it.
float sum_over_tiles(std::initializer_list<float> terms) {
  const auto rows = static_cast<Index>(terms.size());
  Matrix<float> v(rows, 1), w(rows, 1);
  std::copy(terms.begin(), terms.end(), v.data());
  std::fill_n(w.data(), rows, 1.0F);
  Matrix<Bf16> x(rows, kernels::kBf16Columns);
  kernels::round_to_bf16(v.data(), rows, x.data());
  Matrix<Bf16> packed(kernels::packed_templates_size(rows, 1), 1);
  kernels::pack_templates(w.data(), w.stride(), rows, 1, packed.data());
  Matrix<float> c(1, kernels::kBf16Columns);
  kernels::bf16_software_kernels().correlate(
      {x.data(), x.stride(), packed.data(), c.data(), c.stride(), rows, 1, 1});
  return c(0, 0);
}

TEST(SoftwareTiles, SumEvenAndOddProductsApart) {
  // In order, or pair by pair, 2^-24 + 1 would round to 1, and 2^-24 be left.
  EXPECT_EQ(sum_over_tiles({0x1p-24F, 1, 0x1p-24F, -1}), 0x1p-23F);
}

TEST(SoftwareTiles, TakeDenormalsForZero) {
  EXPECT_EQ(sum_over_tiles({0x1p-127F, 0x1p-127F}), 0);
  EXPECT_EQ(sum_over_tiles({0x1p-126F, 0x1p-126F}), 0x1p-125F);
}

TEST(ProcessorTiles, GiveTheBitsOfTheSoftwareTiles) {
  const kernels::Bf16Kernels* tiles = kernels::bf16_tile_kernels();
  if (tiles == nullptr) GTEST_SKIP() << "this processor or system has no AMX tiles for bf16";
  for (const Index rows : kRows) {
    for (const Index components : {1, 6, 16, 17, 40, 64, 70}) {
      for (const Index cols : kCols) {
        const Problem p(rows, components, cols);
        const auto& software = kernels::bf16_software_kernels();
        const auto correlated = correlate(*tiles, p), same = correlate(software, p);
        // Frames beyond the last are not ours to compare.
        ASSERT_EQ(std::memcmp(correlated.data(), same.data(),
                              static_cast<std::size_t>(same.stride() * cols) * sizeof(float)),
                  0)
            << rows << " x " << components << " x " << cols;
        ASSERT_TRUE(test::same_bits(accumulate(*tiles, p), accumulate(software, p)))
            << rows << " x " << components << " x " << cols;
      }
    }
  }
}

TEST(ProcessorTiles, AreAskedForAgainWithTheSameAnswer) {
  EXPECT_EQ(kernels::bf16_tile_kernels(), kernels::bf16_tile_kernels());
}

}  // namespace
}  // namespace partwise
