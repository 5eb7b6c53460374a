#pragma once
// How the text of an option becomes a value. Strict: the whole text counts.
#include <base/json_text.hpp>
#include <cstdint>
#include <optional>
#include <partwise/index.hpp>
#include <partwise/message.hpp>
#include <string>
#include <string_view>

namespace partwise {

/// What an option is that takes any text, in words.
inline constexpr std::string_view kAnyText = "any text";

/// Throws the Error(usage) of an option, which is called by its long name.
[[noreturn]] void refuse(std::string_view option, std::string_view value, const Message& range);

/// Decimal digits and perhaps a minus, nothing else.
[[nodiscard]] std::optional<Index> read_integer(std::string_view text);

/// A finite decimal number as in C, with a point whatever the locale.
[[nodiscard]] std::optional<double> read_number(std::string_view text);

/// What stands behind the last slash.
[[nodiscard]] std::string_view last_path_component(std::string_view path);

}  // namespace partwise
