// Tiles in software, as Intel's Software Developer's Manual defines TDPBF16PS and its neighbours.
#include <array>
#include <cmath>
#include <cstring>
#include <kernels/bf16_products-inl.hpp>
#include <limits>

namespace partwise::kernels {
namespace {

/// The instruction reads and writes denormals as zeros, whatever the thread's mode is.
float without_denormal(float x) {
  return std::abs(x) < std::numeric_limits<float>::min() ? std::copysign(0.0F, x) : x;
}

/// sum + a b in one rounding. The product of two bf16 is exact unless it is denormal, so that two
/// roundings are one; fma() is a call, and slow.
float add_product(float a, float b, float sum) {
  const float product = a * b;
  const bool exact = std::abs(product) >= std::numeric_limits<float>::min() || a == 0 || b == 0;
  return without_denormal(exact ? product + sum : std::fma(a, b, sum));
}

class SoftwareTiles {
 public:
  explicit SoftwareTiles(Index rows) { reshape(rows); }

  void reshape(Index rows) {
    tiles_ = {};
    rows_.fill(kTileRows);
    for (int t = 0; t < kRightTile; ++t) rows_[t] = rows;
  }

  static void interleave(const Bf16* a, const Bf16* b, Index count, Bf16* out) {
    interleaved(a, b, count, out);
  }

  template <int kTile>
  void zero() {
    tiles_[kTile] = {};
  }

  template <int kTile>
  void load(const void* from, Index stride_bytes) {
    const auto* at = static_cast<const char*>(from);
    for (Index r = 0; r < rows_[kTile]; ++r, at += stride_bytes)
      std::memcpy(&tiles_[kTile][r], at, kTileRowBytes);
  }

  template <int kTile>
  void store(void* to, Index stride_bytes) const {
    auto* at = static_cast<char*>(to);
    for (Index r = 0; r < rows_[kTile]; ++r, at += stride_bytes)
      std::memcpy(at, &tiles_[kTile][r], kTileRowBytes);
  }

  template <int kSum, int kLeft, int kRight>
  void dot() {
    for (Index m = 0; m < rows_[kSum]; ++m) {
      auto sums = std::bit_cast<std::array<float, kTileFloats>>(tiles_[kSum][m]);
      const Products products = products_of<kLeft, kRight>(m);
      for (Index n = 0; n < kTileFloats; ++n) {
        const float pair = without_denormal(products[2 * n] + products[2 * n + 1]);
        sums[n] = without_denormal(without_denormal(sums[n]) + pair);
      }
      tiles_[kSum][m] = std::bit_cast<Row>(sums);
    }
  }

 private:
  using Row = std::array<char, kTileRowBytes>;

  using Products = std::array<float, kTileBf16>;

  /// Of a row of the left tile with the right one. Even and odd elements are summed apart, each
  /// product in one rounding with its sum.
  template <int kLeft, int kRight>
  [[nodiscard]] Products products_of(Index row) const {
    const auto left = as_bf16(tiles_[kLeft][row]);
    Products sums = {};
    for (Index k = 0; k < rows_[kRight]; ++k) {
      const auto right = as_bf16(tiles_[kRight][k]);
      const float pair[] = {without_denormal(to_float(left[2 * k])),
                            without_denormal(to_float(left[2 * k + 1]))};
      for (Index i = 0; i < kTileBf16; ++i)
        sums[i] = add_product(pair[i % 2], without_denormal(to_float(right[i])), sums[i]);
    }
    return sums;
  }

  static std::array<Bf16, kTileBf16> as_bf16(const Row& row) {
    return std::bit_cast<std::array<Bf16, kTileBf16>>(row);
  }

  static constexpr int kTiles = 8;
  std::array<std::array<Row, kTileRows>, kTiles> tiles_;
  std::array<Index, kTiles> rows_;
};

}  // namespace

const Bf16Kernels& bf16_software_kernels() {
  static constexpr Bf16Kernels table = kernels_over<SoftwareTiles>();
  return table;
}

}  // namespace partwise::kernels
