#pragma once
#include <partwise/index.hpp>
#include <string>

namespace partwise::bench {

// Loops that do one thing as fast as this processor can, compiled for the instruction sets of the
// kernels and chosen at run time as theirs are. What they return depends on all they did, so that
// nothing is left out.

/// The instruction set that is chosen.
[[nodiscard]] std::string target_name();

/// Fused multiply-adds of float on independent sums in registers; adds to `flops` what was done.
float fma_loop(Index rounds, double& flops);

/// Reciprocals of float to full precision, in registers, by division or by an estimate and a Newton
/// step; adds to `count` how many.
float divide_loop(Index rounds, double& count);
float newton_loop(Index rounds, double& count);

/// Reads `count` floats, 64-byte aligned; count is a multiple of kReadUnit.
inline constexpr Index kReadUnit = 1024;
float read_loop(const float* values, Index count);

}  // namespace partwise::bench
