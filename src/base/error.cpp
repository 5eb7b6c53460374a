#include <charconv>
#include <cmath>
#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <utility>

namespace partwise {
namespace {

std::string library_name(std::string_view name) { return std::string(name); }

std::string worded(const BadArgument& about, const Message& message,
                   const OptionSpelling& spelling) {
  std::string out = message.text(spelling);
  if (!about.argument.empty()) {
    out = spelling(about.argument) + " = " +
          (about.value.empty() ? "(empty)" : display_text(about.value)) + ", expected " +
          about.expected.text(spelling);
  }
  if (!about.hint.empty()) out += "; " + about.hint.text(spelling);
  return out;
}

}  // namespace

Error::Error(ErrorCode code, Message message, Message hint)
    : Error(code, Fields{{{}, {}, {}, std::move(hint)}, std::move(message)}) {}

Error::Error(ErrorCode code, BadArgument about) : Error(code, Fields{std::move(about), {}}) {}

Error::Error(ErrorCode code, Fields fields)
    : std::runtime_error(worded(fields.about, fields.message, library_name)),
      code_(code),
      fields_(std::make_shared<const Fields>(std::move(fields))) {}

bool Error::is_about_argument() const noexcept { return !fields_->about.argument.empty(); }
const std::string& Error::argument() const noexcept { return fields_->about.argument; }
const std::string& Error::value() const noexcept { return fields_->about.value; }
const Message& Error::expected() const noexcept { return fields_->about.expected; }
const Message& Error::message() const noexcept { return fields_->message; }
const Message& Error::hint() const noexcept { return fields_->about.hint; }

std::string Error::text(const OptionSpelling& spelling) const {
  return worded(fields_->about, fields_->message, spelling);
}

Error Error::with_hint(const Message& hint) const {
  Fields fields = *fields_;
  if (!fields.about.hint.empty()) fields.about.hint += "; ";
  fields.about.hint += hint;
  return {code_, std::move(fields)};
}

std::string value_text(std::string_view value) { return std::string(value); }

std::string value_text(double value) {
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  char text[32];                                        // the longest double has 24 characters
  const bool whole = std::abs(value) < kLargestExact && value == std::floor(value);
  const auto end = whole ? std::to_chars(text, text + sizeof text, static_cast<long long>(value))
                         : std::to_chars(text, text + sizeof text, value);
  return {text, end.ptr};
}

}  // namespace partwise
