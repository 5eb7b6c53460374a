#pragma once
#include <string>

namespace partwise::program {

/// The text of --help: usage, options by group, examples, exit codes; lines of at most 80 columns.
[[nodiscard]] std::string help_text();

}  // namespace partwise::program
