#pragma once
#include <base/json_text.hpp>
#include <report/text_out.hpp>
#include <string_view>

namespace partwise::report {

inline constexpr int kFactDigits = 10;  // what words and axes are made from

/// `"name":`, and with a value. A comma goes before every field of an object but its first.
inline void field(TextOut& out, std::string_view name) {
  append_string(out.text(), name);
  out << ":";
}
inline void number_field(TextOut& out, std::string_view name, double value) {
  field(out, name);
  append_number(out.text(), value, kFactDigits);
}
inline void integer_field(TextOut& out, std::string_view name, long long value) {
  field(out, name);
  append_integer(out.text(), value);
}
inline void string_field(TextOut& out, std::string_view name, std::string_view value) {
  field(out, name);
  append_string(out.text(), value);
}

}  // namespace partwise::report
