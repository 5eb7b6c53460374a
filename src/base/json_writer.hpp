#pragma once
#include <base/json_text.hpp>
#include <concepts>
#include <cstddef>
#include <partwise/byte_stream.hpp>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// How a JSON text is laid out.
struct JsonStyle {
  int indent = 0;           ///< spaces for each level, every element on its own line; 0: one line
  bool has_spaces = true;   ///< of one line: ", " and ": ", not "," and ":"
  bool with_point = false;  ///< whole floating-point numbers as "6.0"
  JsonEscapes escapes = JsonEscapes::plain;
};

/// A file that people read too.
[[nodiscard]] constexpr JsonStyle json_document(int indent) { return {indent, true, true, {}}; }
/// One object a line, for programs that read standard output.
inline constexpr JsonStyle kJsonLine = {0, true, false, JsonEscapes::safe};
/// Inside a page, as short as it gets.
inline constexpr JsonStyle kJsonInPage = {0, false, false, JsonEscapes::safe};

/// Writes one JSON text, value by value: commas, colons and line ends are its business. Given a
/// sink, it hands the text over in blocks and holds no more than one of them.
class JsonWriter {
 public:
  explicit JsonWriter(JsonStyle style) : style_(style) {}
  JsonWriter(JsonStyle style, ByteSink& sink) : style_(style), sink_(&sink) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  /// The name of the next value.
  void key(std::string_view name);
  /// The next element begins on a line of its own, though the style has one line.
  void line_break() { breaks_line_ = true; }

  void null();
  void value(bool value);
  void value(double value);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  void value(T number) {
    begin_value();
    out_ += std::to_string(number);
  }
  /// An array of values.
  template <std::ranges::input_range Range>
    requires(!std::convertible_to<Range, std::string_view>)
  void value(const Range& values) {
    begin_array();
    for (const auto& one : values) value(one);
    end_array();
  }
  /// A number with at most so many significant digits.
  void digits(double value, int digits);
  /// A text that is JSON already; with the style's escapes in its strings.
  void json(std::string_view text);
  /// A string that `append(std::string&)` makes of letters that need no escape.
  template <class Append>
  void string_made_by(const Append& append) {
    begin_value();
    out_ += '"';
    append(out_);
    out_ += '"';
    hand_over_if_large();
  }

  template <class Value>
  void field(std::string_view name, const Value& of) {
    key(name);
    value(of);
  }
  void null_field(std::string_view name) {
    key(name);
    null();
  }
  /// null where the text is empty.
  void text_or_null(std::string_view name, std::string_view text);
  void digits_field(std::string_view name, double value, int digits) {
    key(name);
    this->digits(value, digits);
  }

  /// The text, where there is no sink.
  [[nodiscard]] std::string take() { return std::move(out_); }
  /// Gives the sink what is left.
  void finish();

 private:
  void begin(char bracket);
  void end(char bracket);
  void begin_value();
  void next_line();
  void hand_over_if_large();

  JsonStyle style_;
  ByteSink* sink_ = nullptr;
  std::string out_;
  std::vector<bool> has_elements_;  // of every open object and array
  bool follows_key_ = false;
  bool breaks_line_ = false;
};

}  // namespace partwise
