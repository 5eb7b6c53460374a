#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace partwise {

inline constexpr std::size_t kSha256BlockBytes = 64;

/// The round constants of FIPS 180-4, section 4.2.2.
extern const std::array<std::uint32_t, 64> kSha256Rounds;

/// Takes `count` blocks of 64 bytes into the state. All variants give the same bits; the portable
/// one is the definition.
using Sha256Blocks = void (*)(std::uint32_t state[8], const std::byte* blocks, std::size_t count);

void sha256_blocks_portable(std::uint32_t state[8], const std::byte* blocks, std::size_t count);

/// The same of two messages at once: two chains of dependent rounds fill a processor that one
/// leaves waiting half of the time.
using Sha256BlockPairs = void (*)(std::uint32_t a[8], const std::byte* blocks_a, std::uint32_t b[8],
                                  const std::byte* blocks_b, std::size_t count);

/// The variant for x86 with the SHA extensions, or null where this machine has none.
[[nodiscard]] Sha256Blocks sha256_blocks_x86();
[[nodiscard]] Sha256BlockPairs sha256_block_pairs_x86();

}  // namespace partwise
