#pragma once
// How the text of an option becomes a value. Strict: the whole text counts.
#include <array>
#include <base/json_text.hpp>
#include <cstdint>
#include <partwise/index.hpp>
#include <partwise/message.hpp>
#include <span>
#include <string>
#include <string_view>

namespace partwise {

/// What an integer option may be; `text` says the same in words.
struct IntegerRange {
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::string_view text;
};

/// What a number may be: [min, max], without the ends where they are open.
struct NumberRange {
  double min = 0;
  double max = 0;
  std::string_view text;
  bool min_is_open = false;
  bool max_is_open = false;
};

/// A word and what it stands for.
template <class Value>
struct Choice {
  std::string_view word;
  Value value;
};

/// The words alone, for completion.
template <class Value, std::size_t N>
constexpr std::array<std::string_view, N> words_of(const Choice<Value> (&choices)[N]) {
  std::array<std::string_view, N> words;
  for (std::size_t i = 0; i < N; ++i) words[i] = choices[i].word;
  return words;
}

/// Throws the Error(usage) of an option, which is called by its long name.
[[noreturn]] void refuse(std::string_view option, std::string_view value, const Message& range);

/// Decimal digits and perhaps a minus, nothing else. Throws Error(usage).
[[nodiscard]] std::int64_t parse_integer(std::string_view option, std::string_view value,
                                         const IntegerRange& range);

/// A finite decimal number as in C, with a point whatever the locale. Throws Error(usage).
[[nodiscard]] double parse_number(std::string_view option, std::string_view value,
                                  const NumberRange& range);

/// One of the words, letter by letter. Throws Error(usage).
template <class Value, std::size_t N>
[[nodiscard]] Value parse_choice(std::string_view option, std::string_view value,
                                 const Choice<Value> (&choices)[N], std::string_view range) {
  for (const auto& choice : choices) {
    if (choice.word == value) return choice.value;
  }
  refuse(option, value, range);
}

/// The word for a value; "" if there is none.
template <class Value, std::size_t N>
[[nodiscard]] std::string_view word_for(const Value& value, const Choice<Value> (&choices)[N]) {
  for (const auto& choice : choices) {
    if (choice.value == value) return choice.word;
  }
  return {};
}

/// What stands behind the last slash.
[[nodiscard]] std::string_view last_path_component(std::string_view path);

}  // namespace partwise
