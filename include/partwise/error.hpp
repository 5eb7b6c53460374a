#pragma once
#include <concepts>
#include <cstdint>
#include <memory>
#include <partwise/message.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace partwise {

/// What kind of failure it is. The value is the exit code of the program.
enum class ErrorCode {
  usage = 2,           ///< an argument or option is outside its range
  cannot_read = 3,     ///< the input cannot be opened or read
  malformed = 4,       ///< the input is not what it says, not supported, or holds NaN or Inf
  resource_limit = 5,  ///< more memory, time or channels than allowed
  cannot_write = 6,    ///< an output cannot be written
  numerical = 7,       ///< a computation left the finite numbers
  network = 8,         ///< an address cannot be fetched
  internal = 70,       ///< a fault of ours
  stopped = 130,       ///< the caller asked to stop
};

/// An argument that is refused.
struct BadArgument {
  std::string argument;  ///< its name in the library: a field of the options, or a parameter
  std::string value;     ///< what was given; may be empty
  Message expected;      ///< what is allowed
  Message hint = {};     ///< what may help; may be empty
};

/// The one exception that partwise throws on purpose. It is either about an argument, and has its
/// name, its value and what is allowed, or a message. A front end words it from these fields, with
/// its own names of options; what() words it for a C++ caller, on one line:
/// "hop_length = 0, expected 1..2048 (n_fft)". Copies share the fields.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, Message message, Message hint = {});
  Error(ErrorCode code, BadArgument about);

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  /// Is it about an argument? Then message() is empty; else argument(), value(), expected() are.
  [[nodiscard]] bool is_about_argument() const noexcept;
  [[nodiscard]] const std::string& argument() const noexcept;
  [[nodiscard]] const std::string& value() const noexcept;
  [[nodiscard]] const Message& expected() const noexcept;
  [[nodiscard]] const Message& message() const noexcept;
  /// What may help: an option to give, a command to run. Often empty.
  [[nodiscard]] const Message& hint() const noexcept;

  /// what() with options spelled as a front end spells them.
  [[nodiscard]] std::string text(const OptionSpelling& spelling) const;
  /// The same error with another hint after its own.
  [[nodiscard]] Error with_hint(const Message& hint) const;

 private:
  struct Fields {
    BadArgument about;
    Message message;
  };
  Error(ErrorCode code, Fields fields);

  ErrorCode code_;
  std::shared_ptr<const Fields> fields_;
};

/// A value for a message: the shortest text that reads back as it, whole numbers without exponent.
[[nodiscard]] std::string value_text(double value);
[[nodiscard]] std::string value_text(std::string_view value);
template <std::integral T>
[[nodiscard]] std::string value_text(T value) {
  return std::to_string(value);
}

/// The Error(usage) for an argument, to be thrown: bad_argument("power", 3, "1 or 2"). `expected`
/// may be text, a Message, or anything that prints itself, as a range.
template <class Value>
[[nodiscard]] Error bad_argument(std::string_view argument, const Value& value, Message expected,
                                 Message hint = {}) {
  return {ErrorCode::usage, BadArgument{std::string(argument), value_text(value),
                                        std::move(expected), std::move(hint)}};
}

}  // namespace partwise
