#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace partwise::report {

/// How many characters `bytes` bytes become, with padding (RFC 4648, section 4).
[[nodiscard]] constexpr std::uint64_t base64_length(std::uint64_t bytes) {
  return (bytes / 3 + (bytes % 3 != 0)) * 4;
}

/// Appends the base64 text of `bytes` with padding. Blocks whose lengths are multiples of 3 may be
/// encoded one after the other: their texts join to the text of the whole.
void append_base64(std::string& out, std::span<const std::byte> bytes);

}  // namespace partwise::report
