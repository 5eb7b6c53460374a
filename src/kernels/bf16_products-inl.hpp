#pragma once
// The products of bf16_kernels.hpp over tiles of any kind, which offer
//   Tiles(rows)                    all tiles zero; accumulators and left operands have `rows` rows
//   reshape(rows)                  the same again
//   ~Tiles()                       gives the tiles back
//   zero<t>(), load<t>(p, bytes), store<t>(p, bytes)      rows lie `bytes` apart
//   interleave(a, b, count, out)   interleaved() below, on the instructions there are
//   dot<sum, left, right>()        sum(m, n) += left(m, 2k) right(k, 2n) + left(m, 2k+1) right(k,
//                                  2n+1) over k, bf16 into float
// Tiles 0-3 are accumulators, 4 and 5 left operands, 6 and 7 right operands. Everything here is a
// template, so that no code made for one instruction set can take the place of another's.
#include <kernels/bf16_kernels.hpp>
#include <kernels/bf16_pack.hpp>
#include <utility>

namespace partwise::kernels {

inline constexpr int kLeftTile = 4;
inline constexpr int kRightTile = 6;
inline constexpr Index kTileRowBytes = 64;
inline constexpr Index kTileElements = kTileRows * kTileBf16;  // of bf16

/// out = a[0], b[0], a[1], b[1], ...; count is a multiple of kTileFloats.
[[gnu::always_inline]] inline void interleaved(const Bf16* __restrict a, const Bf16* __restrict b,
                                               Index count, Bf16* __restrict out) {
  for (Index i = 0; i < count; ++i) {
    out[2 * i].bits = a[i].bits;
    out[2 * i + 1].bits = b[i].bits;
  }
}

template <class Tiles>
void add_tile(const float* from, float* to, Index to_stride) {
  for (Index r = 0; r < kTileRows; ++r) {
    for (Index i = 0; i < kTileFloats; ++i) to[r * to_stride + i] += from[r * kTileFloats + i];
  }
}

/// 32 frames by 16 components. High and low parts have sums of their own: four that do not wait for
/// each other keep the multiplier busy.
template <class Tiles>
void correlate_tile(Tiles& tiles, const Bf16CorrelateArgs& p, Index frame, const Bf16* w,
                    Index component) {
  constexpr auto kBytes = static_cast<Index>(sizeof(Bf16));
  constexpr auto kFloatBytes = static_cast<Index>(sizeof(float));
  const Bf16* x = p.x + frame * p.x_stride;
  tiles.template zero<0>();
  tiles.template zero<1>();
  tiles.template zero<2>();
  tiles.template zero<3>();
  for (Index row = 0; row < p.rows; row += kTileBf16, w += 2 * kTileElements) {
    tiles.template load<kLeftTile>(x + row, p.x_stride * kBytes);
    tiles.template load<kLeftTile + 1>(x + kTileRows * p.x_stride + row, p.x_stride * kBytes);
    tiles.template load<kRightTile>(w, kTileRowBytes);
    tiles.template load<kRightTile + 1>(w + kTileElements, kTileRowBytes);
    tiles.template dot<0, kLeftTile, kRightTile>();
    tiles.template dot<1, kLeftTile + 1, kRightTile>();
    tiles.template dot<2, kLeftTile, kRightTile + 1>();
    tiles.template dot<3, kLeftTile + 1, kRightTile + 1>();
  }
  alignas(64) float low[kTileRows * kTileFloats];
  float* c = p.c + frame * p.c_stride + component;
  tiles.template store<0>(c, p.c_stride * kFloatBytes);
  tiles.template store<2>(low, kTileRowBytes);
  add_tile<Tiles>(low, c, p.c_stride);
  c += kTileRows * p.c_stride;
  tiles.template store<1>(c, p.c_stride * kFloatBytes);
  tiles.template store<3>(low, kTileRowBytes);
  add_tile<Tiles>(low, c, p.c_stride);
}

template <class Tiles>
void correlate(const Bf16CorrelateArgs& p) {
  Tiles tiles(kTileRows);
  const Index strip = 2 * round_up(p.rows, kTileBf16) * kTileRows;
  for (Index frame = 0; frame < p.cols; frame += kBf16Columns) {
    for (Index k = 0; k < p.components; k += kTileRows) {
      correlate_tile(tiles, p, frame, p.w + k / kTileRows * strip, k);
    }
  }
}

// Rows of X that are rearranged at once: four tiles of sums.
inline constexpr Index kGroupRows = 64;
inline constexpr Index kGroupPairs = 2 * kGroupRows;  // elements of a pair of frames

/// kCount tiles of 16 rows of C by up to 16 components. `x` holds pairs of frames, `h` the tiles of
/// these components.
template <int kCount, class Tiles>
void accumulate_tiles(Tiles& tiles, const Bf16* x, const Bf16* h, Index cols, float* c,
                      Index c_stride) {
  constexpr auto kBytes = static_cast<Index>(sizeof(Bf16));
  constexpr auto kFloatBytes = static_cast<Index>(sizeof(float));
  [&]<int... i>(std::integer_sequence<int, i...>) {
    (tiles.template load<i>(c + i * kTileFloats, c_stride * kFloatBytes), ...);
    for (Index n = 0; n < cols; n += kTileBf16) {
      tiles.template load<kLeftTile>(h, kTileRowBytes);
      tiles.template load<kLeftTile + 1>(h + kTileElements, kTileRowBytes);
      ((tiles.template load<kRightTile + i % 2>(x + i * kTileBf16, kGroupPairs * kBytes),
        tiles.template dot<i, kLeftTile, kRightTile + i % 2>(),
        tiles.template dot<i, kLeftTile + 1, kRightTile + i % 2>()),
       ...);
      h += 2 * kTileElements;
      x += kTileRows * kGroupPairs;
    }
    (tiles.template store<i>(c + i * kTileFloats, c_stride * kFloatBytes), ...);
  }(std::make_integer_sequence<int, kCount>{});
}

template <class Tiles>
void accumulate_tiles(Tiles& tiles, Index count, const Bf16* x, const Bf16* h, Index cols, float* c,
                      Index c_stride) {
  switch (count) {
    case 1:
      return accumulate_tiles<1>(tiles, x, h, cols, c, c_stride);
    case 2:
      return accumulate_tiles<2>(tiles, x, h, cols, c, c_stride);
    case 3:
      return accumulate_tiles<3>(tiles, x, h, cols, c, c_stride);
    default:
      return accumulate_tiles<4>(tiles, x, h, cols, c, c_stride);
  }
}

template <class Tiles>
void accumulate(const Bf16AccumulateArgs& p) {
  // The product runs over frames, so neighbouring frames must lie side by side: 64 rows of them at
  // a time, which all components then find in the first cache.
  alignas(64) Bf16 pairs[kBf16MostColumns / 2 * kGroupPairs];
  const Index cols = round_up(p.cols, kTileBf16);
  const Index strip = 2 * cols * kTileRows;
  Index shape = p.components < kTileRows ? p.components : kTileRows;
  Tiles tiles(shape);
  for (Index row = 0; row < p.rows; row += kGroupRows) {
    const Index left = round_up(p.rows - row, kTileFloats);
    const Index rows = left < kGroupRows ? left : kGroupRows;
    for (Index n = 0; n < cols; n += 2) {
      const Bf16* x = p.x + n * p.x_stride + row;
      Tiles::interleave(x, x + p.x_stride, rows, pairs + n / 2 * kGroupPairs);
    }
    for (Index k = 0; k < p.components; k += kTileRows) {
      const Index components = p.components - k < kTileRows ? p.components - k : kTileRows;
      if (components != shape) tiles.reshape(shape = components);
      accumulate_tiles(tiles, rows / kTileFloats, pairs, p.h + k / kTileRows * strip, cols,
                       p.c + k * p.c_stride + row, p.c_stride);
    }
  }
}

template <class Tiles>
constexpr Bf16Kernels kernels_over() {
  return {&correlate<Tiles>, &accumulate<Tiles>};
}

}  // namespace partwise::kernels
