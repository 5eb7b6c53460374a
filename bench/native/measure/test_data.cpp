#include <measure/test_data.hpp>

namespace partwise::bench {

Matrix<float> positive_matrix(Index rows, Index cols, std::uint64_t seed) {
  Matrix<float> out(rows, cols);
  std::uint64_t state = seed;
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      out(r, c) = static_cast<float>((state >> 40) + 1) * 0x1p-24f;
    }
  }
  return out;
}

}  // namespace partwise::bench
