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
  /// a.update(bytes_a) and b.update(bytes_b), in little more than half the time where both have as
  /// many bytes.
  static void update_both(Sha256& a, std::span<const std::byte> bytes_a, Sha256& b,
                          std::span<const std::byte> bytes_b);
  /// The digest as 64 lower-case hexadecimal digits. Call once.
  [[nodiscard]] std::string finish();

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::byte, 64> block_{};
  std::size_t block_fill_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace partwise
