#pragma once
#include <partwise/decompose.hpp>
#include <partwise/outputs.hpp>
#include <string>
#include <string_view>

namespace partwise::program {

/// "partwise: " and the message as one line on standard error.
void print_error(std::string_view message);
void print_warning(std::string_view message);

/// What a finished run is told with: the table of parts, how well it went, where to look.
[[nodiscard]] std::string closing_text(const std::string& input_name, const Analysis& analysis,
                                       const WrittenRun& run, double seconds);

/// The same in one line, for one file of several.
[[nodiscard]] std::string closing_line(const std::string& input, const Analysis& analysis,
                                       const WrittenRun& run, double seconds);

}  // namespace partwise::program
