#pragma once
#include <bit>
#include <cstdint>

namespace partwise::kernels {

/// The upper half of a float: its sign, its 8 bits of exponent, 7 bits behind the point.
struct Bf16 {
  std::uint16_t bits = 0;
};

inline float to_float(Bf16 x) { return std::bit_cast<float>(std::uint32_t{x.bits} << 16); }

/// The nearest, of two as near the even one: off by at most 2^-8 of x. x is no NaN.
inline Bf16 to_bf16(float x) {
  constexpr std::uint32_t kAlmostHalf = 0x7fff;
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t odd = (bits >> 16) & 1;
  return {static_cast<std::uint16_t>((bits + kAlmostHalf + odd) >> 16)};
}

/// A float in two pieces: high + low is off by at most 2^-16 of it, since the difference of a float
/// and the nearest bf16 is exact.
struct SplitBf16 {
  Bf16 high;
  Bf16 low;
};

inline SplitBf16 split(float x) {
  const Bf16 high = to_bf16(x);
  return {high, to_bf16(x - to_float(high))};
}

}  // namespace partwise::kernels
