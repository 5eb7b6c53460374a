#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace partwise {

/// A character of UTF-8, or bytes that are none.
struct Utf8Character {
  std::uint32_t value = 0;  ///< the code point; U+FFFD where the bytes are none
  std::size_t length = 0;   ///< bytes, 1 or more
  bool is_valid = true;
};

/// The character at `i` of `text`, i < text.size(). What is not well formed (The Unicode Standard,
/// table 3-7) is as long as its longest part that could begin a character, at least one byte.
[[nodiscard]] Utf8Character decode_utf8(std::string_view text, std::size_t i);

/// Bytes of the well-formed character at `i`; 0 if there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t i);

/// Is the well-formed character of `length` bytes at `i` one of C0, DEL, C1?
[[nodiscard]] bool is_control_character(std::string_view text, std::size_t i, std::size_t length);

}  // namespace partwise
