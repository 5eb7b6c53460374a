#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace partwise {

static_assert(std::endian::native == std::endian::little,
              "WAV, zip and npy are little-endian, and blocks of samples are copied as they are");

/// Bytes from right to left.
template <class T>
[[nodiscard]] constexpr T reversed_bytes(T value) {
  static_assert(std::is_unsigned_v<T>);
  T out = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out = static_cast<T>((out << 8) | (value & 0xff));
    value = static_cast<T>(value >> 8);
  }
  return out;
}

template <>
[[nodiscard]] constexpr std::uint8_t reversed_bytes(std::uint8_t value) {
  return value;
}

/// The number whose little-endian bytes stand at `p`, aligned or not.
template <class T>
[[nodiscard]] T load_le(const std::byte* p) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, p, sizeof(T));
  return value;
}

/// The same for big-endian bytes.
template <class T>
[[nodiscard]] T load_be(const std::byte* p) {
  return reversed_bytes(load_le<T>(p));
}

}  // namespace partwise
