#pragma once
#include <cstddef>
#include <cstdint>
#include <partwise/index.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// The kinds of number that an array may hold.
enum class NpyKind { float32, float64, int32, int64 };

[[nodiscard]] std::size_t item_bytes(NpyKind kind);

/// What a .npy says before its values.
struct NpyHeader {
  NpyKind kind = NpyKind::float32;
  bool fortran_order = false;
  std::vector<Index> shape;
  std::uint64_t num_values = 1;  ///< the product of the shape
};

/// The longest header that is read, and how many bytes come before it at most.
inline constexpr std::size_t kMaxNpyHeaderBytes = 4096;
inline constexpr std::size_t kMaxNpyPreambleBytes = 12;

/// Parses the beginning of a .npy, `bytes` being at least the whole header where it is sound, and
/// sets `values_at` to where the values begin. `what` names the array in messages.
/// Throws Error(malformed).
[[nodiscard]] NpyHeader parse_npy_header(std::span<const std::byte> bytes, const std::string& what,
                                         std::size_t& values_at);

/// The beginning of a .npy (version 1.0, C order) as numpy writes it.
[[nodiscard]] std::vector<std::byte> npy_header_bytes(NpyKind kind,
                                                      const std::vector<Index>& shape);

}  // namespace partwise
