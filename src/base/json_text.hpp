#pragma once
#include <string>
#include <string_view>

namespace partwise::report {

/// Appends `value` with at most `digits` significant digits, or null: JSON has no NaN and no
/// infinity. The same text in every locale.
void append_number(std::string& out, double value, int digits);
void append_integer(std::string& out, long long value);

/// Appends `text` as a JSON string that is safe inside a <script> element: `<`, control characters
/// and invisible formatting marks (text direction, U+2028, U+2029, ...) are \u escapes, and a byte
/// that is not part of valid UTF-8 reads as \xHH.
void append_string(std::string& out, std::string_view text);

/// Appends a text that is JSON already, with the same escapes inside its strings.
void append_json(std::string& out, std::string_view json);

}  // namespace partwise::report
