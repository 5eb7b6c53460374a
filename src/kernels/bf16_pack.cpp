// Brings floats into the layouts that tiles take.
#include <algorithm>
#include <kernels/bf16_pack.hpp>

namespace partwise::kernels {
namespace {

// Of a tile, in elements; its low part follows its high part.
constexpr Index kTileSize = kTileRows * kTileBf16;

/// Two neighbours along a product, at `at` in the high tile.
void put_pair(float first, float second, Bf16* at) {
  const SplitBf16 a = split(first), b = split(second);
  at[0] = a.high;
  at[1] = b.high;
  at[kTileSize] = a.low;
  at[kTileSize + 1] = b.low;
}

}  // namespace

void round_to_bf16(const float* x, Index count, Bf16* out) {
  for (Index i = 0; i < count; ++i) out[i] = to_bf16(x[i]);
}

void pack_templates(const float* w, Index stride, Index rows, Index components, Bf16* out) {
  std::fill_n(out, packed_templates_size(rows, components), Bf16{});
  const Index tiles_down = round_up(rows, kTileBf16) / kTileBf16;
  for (Index k = 0; k < components; ++k) {
    const float* column = w + k * stride;
    Bf16* strip = out + k / kTileRows * tiles_down * 2 * kTileSize + k % kTileRows * 2;
    for (Index f = 0; f < rows; f += 2) {
      Bf16* at = strip + f / kTileBf16 * 2 * kTileSize + f % kTileBf16 / 2 * kTileBf16;
      put_pair(column[f], f + 1 < rows ? column[f + 1] : 0.0F, at);
    }
  }
}

void pack_activations(const float* h, Index stride, Index components, Index cols, Bf16* out) {
  std::fill_n(out, packed_activations_size(components, cols), Bf16{});
  const Index tiles_along = round_up(cols, kTileBf16) / kTileBf16;
  for (Index n = 0; n < cols; n += 2) {
    const float* first = h + n * stride;
    const float* second = n + 1 < cols ? first + stride : nullptr;
    Bf16* strip = out + n / kTileBf16 * 2 * kTileSize + n % kTileBf16;
    for (Index k = 0; k < components; ++k) {
      Bf16* at = strip + k / kTileRows * tiles_along * 2 * kTileSize + k % kTileRows * kTileBf16;
      put_pair(first[k], second != nullptr ? second[k] : 0.0F, at);
    }
  }
}

}  // namespace partwise::kernels
