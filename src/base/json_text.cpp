#include <base/json_text.hpp>
#include <base/utf8.hpp>
#include <charconv>
#include <cmath>

namespace partwise {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

/// Characters that end a script element, are not allowed in JSON strings, or change how the source
/// of the page reads without being seen.
bool needs_safe_escape(std::uint32_t c) {
  return c < 0x20 || c == '<' || (c >= 0x7F && c <= 0x9F) || c == 0x061C ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

void append_code(std::string& out, std::uint32_t c) {
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
    const Utf8Character c = decode_utf8(text, i);
    if (!c.is_valid) {
      append_stray_byte(out, text[i]);
      ++i;
      continue;
    }
    if (quoted && (c.value == '"' || c.value == '\\')) out += '\\';
    const bool layout = !quoted && is_json_space(c.value);
    if (needs_safe_escape(c.value) && !layout) {
      append_code(out, c.value);
    } else {
      out.append(text, i, c.length);
    }
    i += c.length;
  }
}

void append_plain(std::string& out, std::string_view text) {
  constexpr std::string_view kControls = "\b\t\n\f\r\"\\", kLetters = "btnfr\"\\";
  for (std::size_t i = 0; i < text.size();) {
    const Utf8Character c = decode_utf8(text, i);
    const auto known = c.length == 1 ? kControls.find(text[i]) : std::string_view::npos;
    if (!c.is_valid) {
      out += "\xEF\xBF\xBD";  // U+FFFD
    } else if (known != std::string_view::npos) {
      out += '\\';
      out += kLetters[known];
    } else if (c.value < 0x20) {
      append_code(out, c.value);
    } else {
      out.append(text, i, c.length);
    }
    i += c.length;
  }
}

}  // namespace

void append_json_number(std::string& out, double value, bool with_point) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  constexpr int kLeastPlace = -4, kMostPlace = 15;
  char text[32];  // the longest shortest double has 24 characters
  const auto end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  const std::string_view scientific(text, static_cast<std::size_t>(end - text));
  const auto mark = scientific.find('e');
  int exponent = 0;
  const auto* digits_of_exponent = scientific.data() + mark + (scientific[mark + 1] == '+' ? 2 : 1);
  std::from_chars(digits_of_exponent, end, exponent);
  if (exponent < kLeastPlace || exponent >= kMostPlace) {
    out += scientific;
    return;
  }
  const auto fixed = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
  const std::string_view plain(text, static_cast<std::size_t>(fixed - text));
  out += plain;
  if (with_point && plain.find('.') == std::string_view::npos) out += ".0";
}

void append_json_digits(std::string& out, double value, int digits) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char text[40];  // sign, 17 digits, point, exponent: at most 24
  const auto end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr;
  out.append(text, end);
}

void append_json_string(std::string& out, std::string_view text, JsonEscapes escapes) {
  out += '"';
  if (escapes == JsonEscapes::safe) {
    append_safe(out, text, true);
  } else {
    append_plain(out, text);
  }
  out += '"';
}

void append_safe_json(std::string& out, std::string_view json) { append_safe(out, json, false); }

std::string json_number(double value) {
  std::string out;
  append_json_number(out, value, false);
  return out;
}

std::string json_integer(std::int64_t value) { return std::to_string(value); }

std::string json_bool(bool value) { return value ? "true" : "false"; }

std::string json_string(std::string_view value) {
  std::string out;
  append_json_string(out, value, JsonEscapes::plain);
  return out;
}

}  // namespace partwise
