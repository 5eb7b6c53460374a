#pragma once
#include <partwise/run_control.hpp>

#include "command_line.hpp"

namespace partwise::program {

/// Does what `line` asks for, whose task is to run a command. Throws Error.
void run_command(const CommandLine& line, RunControl& control);

}  // namespace partwise::program
