#pragma once
#include <string>
#include <string_view>

namespace partwise::program {

/// A message of the library, which begins with the name that the library has for a setting
/// ("num_components = 9, expected ..."), with the option that a person types in its place.
[[nodiscard]] std::string with_typed_names(std::string_view message);

/// The same for one file of several, with its name before it unless the message has it.
[[nodiscard]] std::string message_about(const std::string& input, std::string_view message);

}  // namespace partwise::program
