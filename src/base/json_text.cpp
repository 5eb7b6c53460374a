#include <base/json_text.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace partwise::report {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t length = 0;  // 0: the byte is not the start of valid UTF-8
};

/// Table 3-7 of the Unicode standard: shortest form, no surrogates, at most U+10FFFF.
CodePoint decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  std::uint32_t value = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || surrogate || value > 0x10FFFF) return {};
  return {value, length};
}

/// Characters that end a script element, are not allowed in JSON strings, or change how the source
/// of the page reads without being seen.
bool needs_escape(std::uint32_t c) {
  return c < 0x20 || c == '<' || (c >= 0x7F && c <= 0x9F) || c == 0x061C ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

void append_escape(std::string& out, std::uint32_t c) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHexDigits[(c >> shift) & 15U];
}

void append_stray_byte(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += "\\\\x";
  out += kHexDigits[value >> 4];
  out += kHexDigits[value & 15U];
}

bool is_json_space(std::uint32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// `quoted`: the text is the inside of a string yet to be escaped; otherwise it is JSON.
void append_safe(std::string& out, std::string_view text, bool quoted) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = decode(text.substr(i));
    if (c.length == 0) {
      append_stray_byte(out, text[i]);
      ++i;
      continue;
    }
    if (quoted && (c.value == '"' || c.value == '\\')) out += '\\';
    const bool layout = !quoted && is_json_space(c.value);
    if (needs_escape(c.value) && !layout) {
      append_escape(out, c.value);
    } else {
      out.append(text, i, c.length);
    }
    i += c.length;
  }
}

}  // namespace

void append_number(std::string& out, double value, int digits) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char text[40];  // sign, 17 digits, point, exponent: at most 24
  const auto end =
      std::to_chars(text, text + sizeof(text), value, std::chars_format::general, digits);
  out.append(text, end.ptr);
}

void append_integer(std::string& out, long long value) { out += std::to_string(value); }

void append_string(std::string& out, std::string_view text) {
  out += '"';
  append_safe(out, text, true);
  out += '"';
}

void append_json(std::string& out, std::string_view json) { append_safe(out, json, false); }

}  // namespace partwise::report
