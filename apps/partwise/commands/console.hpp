#pragma once
#include <partwise/error.hpp>
#include <string>
#include <string_view>

#include "commands/decompose_file.hpp"

namespace partwise::program {

/// "partwise: " and the message as one line on standard error, with options as they are typed.
void print_error(std::string_view message);
void print_error(const Error& error);
void print_warning(const Message& message);

/// What a finished run is told with: the table of parts, how well it went, where to look.
[[nodiscard]] std::string closing_text(const FinishedRun& done);

/// The same in one line, for one file of several.
[[nodiscard]] std::string closing_line(const std::string& input, const FinishedRun& done);

}  // namespace partwise::program
