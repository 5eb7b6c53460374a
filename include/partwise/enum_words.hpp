#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace partwise {

/// A word of options, summaries and messages, and the value that it stands for.
template <class E>
struct Word {
  std::string_view word;
  E value;
};

/// The words of an enum, in the order in which help lists them: a specialization next to the enum
/// has them as `list`.
template <class E>
struct EnumWords;

/// "frobenius"; "" for a value without a word.
template <class E>
[[nodiscard]] constexpr std::string_view enum_word(E value) {
  for (const auto& entry : EnumWords<E>::list) {
    if (entry.value == value) return entry.word;
  }
  return {};
}

/// The value of that word, letter by letter.
template <class E>
[[nodiscard]] constexpr std::optional<E> enum_value(std::string_view word) {
  for (const auto& entry : EnumWords<E>::list) {
    if (entry.word == word) return entry.value;
  }
  return std::nullopt;
}

/// All words of an enum.
template <class E>
inline constexpr auto kEnumWords = [] {
  std::array<std::string_view, std::size(EnumWords<E>::list)> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = EnumWords<E>::list[i].word;
  return words;
}();

}  // namespace partwise
