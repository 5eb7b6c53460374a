#pragma once
#include <cstddef>
#include <string_view>

namespace partwise {

/// Bytes of the well-formed UTF-8 character at `i` (The Unicode Standard, table 3-7); 0 if none.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t i);

/// Is the well-formed character of `length` bytes at `i` one of C0, DEL, C1?
[[nodiscard]] bool is_control_character(std::string_view text, std::size_t i, std::size_t length);

}  // namespace partwise
