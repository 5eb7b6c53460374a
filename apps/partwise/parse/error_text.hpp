#pragma once
#include <partwise/error.hpp>
#include <string>

namespace partwise::program {

/// An error in the program's words: "--components = 0, expected 1..4096".
[[nodiscard]] std::string error_text(const Error& error);

/// The same for one input of several, with its name before it unless the message has it.
[[nodiscard]] std::string error_text_for(const std::string& input, const Error& error);
[[nodiscard]] std::string error_text_for(const std::string& input, const std::string& message);

}  // namespace partwise::program
