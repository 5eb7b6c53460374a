#pragma once
#include <partwise/commands.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// What `partwise --help` prints: the commands, where to read more.
[[nodiscard]] std::string overview_text();

/// What `partwise COMMAND --help` prints.
[[nodiscard]] std::string help_text(const CommandSpec& command);

/// What an option does, what its value may be, and what it is if nobody says: in one paragraph.
[[nodiscard]] std::string option_description(const OptionSpec& spec);

/// "-k, --components N"
[[nodiscard]] std::string option_term(const OptionSpec& spec);

}  // namespace partwise::program
