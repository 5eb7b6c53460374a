#pragma once
#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// An option by its name in the library: the field of an option struct ("num_components"), or the
/// long name in the option table where no struct has it ("force").
struct OptionName {
  constexpr explicit OptionName(std::string_view of) : name(of) {}
  std::string_view name;
};

/// How a front end spells an option: --components in the program, n_components in Python.
using OptionSpelling = std::function<std::string(std::string_view name)>;

/// Something that can print itself, as a range can.
template <class T>
concept HasText = requires(const T& value) {
  { value.text() } -> std::convertible_to<std::string>;
};

/// A text of the library that may name options. The library does not know how its caller spells
/// them, so it keeps their names apart from the words:
/// Message("not converged; a larger ") + OptionName("max_iterations") + " continues".
class Message {
 public:
  Message() = default;
  Message(std::string words);  // NOLINT(google-explicit-constructor): any text is a message
  Message(std::string_view words) : Message(std::string(words)) {}  // NOLINT
  Message(const char* words) : Message(std::string(words)) {}       // NOLINT
  Message(OptionName option);                                       // NOLINT
  template <HasText T>
    requires(!std::same_as<T, Message>)
  Message(const T& value) : Message(std::string(value.text())) {}  // NOLINT

  Message& operator+=(const Message& more);
  [[nodiscard]] bool empty() const { return pieces_.empty(); }

  /// The options as the library calls them.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text(const OptionSpelling& spelling) const;

  friend bool operator==(const Message&, const Message&) = default;

 private:
  struct Piece {
    std::string text;
    bool is_option = false;
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  std::vector<Piece> pieces_;  // no two of words side by side
};

[[nodiscard]] Message operator+(Message first, const Message& second);

}  // namespace partwise
