#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace partwise {

using Md5Digest = std::array<std::byte, 16>;

/// RFC 1321. FLAC keeps this sum of its samples; it tells damage, it is no proof of anything else.
class Md5 {
 public:
  void update(std::span<const std::byte> bytes);
  [[nodiscard]] Md5Digest finish();

 private:
  static constexpr std::size_t kBlockBytes = 64;
  void add_block(const std::byte* bytes);

  std::array<std::uint32_t, 4> state_{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  std::array<std::byte, kBlockBytes> pending_{};
  std::uint64_t length_ = 0;
};

}  // namespace partwise
