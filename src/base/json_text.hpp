#pragma once
// Values as JSON text, the same in every locale. NaN and infinity, which JSON has not, are null.
#include <cstdint>
#include <string>
#include <string_view>

namespace partwise {

/// How strings are escaped.
enum class JsonEscapes {
  /// What JSON demands; bytes that are not UTF-8 read as U+FFFD.
  plain,
  /// Safe inside a <script> element and on a terminal: `<`, control characters and invisible
  /// formatting marks (text direction, U+2028, U+2029, ...) too; bytes that are not UTF-8 read as
  /// \xHH.
  safe,
};

/// The shortest decimal that reads back as `value`, without an exponent in 1e-4..1e15; whole
/// numbers as "6", or "6.0" `with_point`.
void append_json_number(std::string& out, double value, bool with_point);
/// At most `digits` significant digits, laid out as printf's %g.
void append_json_digits(std::string& out, double value, int digits);
void append_json_string(std::string& out, std::string_view text, JsonEscapes escapes);
/// Appends a text that is JSON already, with JsonEscapes::safe inside its strings.
void append_safe_json(std::string& out, std::string_view json);

/// One value alone: numbers without a point where they are whole, strings with
/// JsonEscapes::plain.
[[nodiscard]] std::string json_number(double value);
[[nodiscard]] std::string json_integer(std::int64_t value);
[[nodiscard]] std::string json_bool(bool value);
[[nodiscard]] std::string json_string(std::string_view value);

}  // namespace partwise
