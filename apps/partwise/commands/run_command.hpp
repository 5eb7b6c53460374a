#pragma once
#include <partwise/run_control.hpp>

#include "parse/command_line.hpp"

namespace partwise::program {

/// Does what `line` asks for, whose task is to run a command, and returns the exit code. Throws
/// Error.
[[nodiscard]] int run_command(const CommandLine& line, RunControl& control);

}  // namespace partwise::program
