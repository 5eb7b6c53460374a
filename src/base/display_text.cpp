#include <base/utf8.hpp>
#include <cstddef>
#include <partwise/display_text.hpp>

namespace partwise {
namespace {

void append_escaped(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\x";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

}  // namespace

std::string display_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length != 0 && !is_control_character(text, i, length)) {
      out += text.substr(i, length);
      i += length;
      continue;
    }
    const std::size_t end = i + (length == 0 ? 1 : length);
    for (; i < end; ++i) append_escaped(out, static_cast<unsigned char>(text[i]));
  }
  return out;
}

}  // namespace partwise
