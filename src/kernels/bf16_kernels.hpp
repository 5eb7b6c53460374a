#pragma once
#include <kernels/bf16.hpp>
#include <partwise/index.hpp>

namespace partwise::kernels {

// Products of data X that were rounded to bf16 with factors that are split in two bf16 each, summed
// in float: half the memory to read, on tiles that multiply bf16 many times faster than vectors
// multiply float.
//
// X is column-major; its columns are 64-byte aligned and their stride is a multiple of 64 bytes
// with zeros behind `rows`. A kernel reads columns up to the next multiple of kBf16Columns and
// whatever finite they hold does not matter.

/// Columns of X that the kernels take at once.
inline constexpr Index kBf16Columns = 32;

/// Columns that Bf16Kernels::accumulate takes at most: what it rearranges of X stays in the first
/// cache.
inline constexpr Index kBf16MostColumns = 128;

/// C [components x cols] = W' X with W as pack_templates() leaves it. The columns of C up to the
/// next multiple of kBf16Columns and its rows up to the stride's multiple of 16 are written too.
struct Bf16CorrelateArgs {
  const Bf16* x;
  Index x_stride;
  const Bf16* w;
  float* c;
  Index c_stride;
  Index rows;
  Index components;
  Index cols;  ///< as many as there are
};

/// C [rows x components] += X H' with H as pack_activations() leaves it. C's padding is finite, up
/// to the next multiple of 16 rows, and stays so.
struct Bf16AccumulateArgs {
  const Bf16* x;
  Index x_stride;
  const Bf16* h;
  float* c;
  Index c_stride;
  Index rows;
  Index components;
  Index cols;  ///< at most kBf16MostColumns
};

struct Bf16Kernels {
  void (*correlate)(const Bf16CorrelateArgs&);
  void (*accumulate)(const Bf16AccumulateArgs&);
};

/// Those of the processor's tiles (AMX); null where it has none, or the system does not let this
/// process use them.
[[nodiscard]] const Bf16Kernels* bf16_tile_kernels();

/// The same over tiles in software that compute bit by bit what the processor's do: for tests, far
/// too slow for anything else.
[[nodiscard]] const Bf16Kernels& bf16_software_kernels();

}  // namespace partwise::kernels
