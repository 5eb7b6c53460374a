#pragma once
#include <cstdint>
#include <partwise/factorize.hpp>

namespace partwise::bench {

/// The bins of a frame of 2048 samples, the program's default.
inline constexpr Index kBins = 1025;

/// Numbers in (0, 1], the same for the same seed (an LCG with the constants of Knuth's MMIX).
[[nodiscard]] Matrix<float> positive_matrix(Index rows, Index cols, std::uint64_t seed);

}  // namespace partwise::bench
