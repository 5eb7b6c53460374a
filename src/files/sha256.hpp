#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace partwise {

/// SHA-256 of a stream of bytes (FIPS 180-4).
class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::byte> bytes);
  /// The digest as 64 lower-case hexadecimal digits. Call once.
  [[nodiscard]] std::string finish();

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::byte, 64> block_{};
  std::size_t block_fill_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace partwise
