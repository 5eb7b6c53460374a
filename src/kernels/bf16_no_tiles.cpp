// A build for a system without tiles that can be used.
#include <kernels/bf16_kernels.hpp>

namespace partwise::kernels {

const Bf16Kernels* bf16_tile_kernels() { return nullptr; }

}  // namespace partwise::kernels
