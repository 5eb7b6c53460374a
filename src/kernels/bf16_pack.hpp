#pragma once
#include <kernels/bf16.hpp>
#include <partwise/index.hpp>

namespace partwise::kernels {

// A tile holds 16 rows of 64 bytes.
inline constexpr Index kTileRows = 16;
inline constexpr Index kTileFloats = 16;  ///< in a row
inline constexpr Index kTileBf16 = 32;    ///< in a row

constexpr Index round_up(Index n, Index multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

/// out[i] = the bf16 nearest to x[i].
void round_to_bf16(const float* x, Index count, Bf16* out);

/// W [rows x components] as right operand of a product over rows. A tile is 32 rows of 16
/// components: its row p is W(2p, k), W(2p + 1, k) for the components in turn. Tiles follow each
/// other down the rows, then by components, each as its high part and then its low part; zero
/// beyond W.
void pack_templates(const float* w, Index stride, Index rows, Index components, Bf16* out);
constexpr Index packed_templates_size(Index rows, Index components) {
  return 2 * round_up(rows, kTileBf16) * round_up(components, kTileRows);
}

/// H [components x cols] as left operand of a product over columns. A tile is 16 components in rows
/// of 32 columns. Tiles follow each other along the columns, then by components, each as its high
/// part and then its low part; zero beyond H.
void pack_activations(const float* h, Index stride, Index components, Index cols, Bf16* out);
constexpr Index packed_activations_size(Index components, Index cols) {
  return 2 * round_up(components, kTileRows) * round_up(cols, kTileBf16);
}

}  // namespace partwise::kernels
