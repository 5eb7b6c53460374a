#pragma once
#include <partwise/run_options.hpp>
#include <string>

namespace partwise {

/// What to type to get the same again: the input's name, and every option that is not at its
/// default. Quoted for a POSIX shell.
[[nodiscard]] std::string command_text(const RunOptions& options, const std::string& input_name);

}  // namespace partwise
