#include "run_command.hpp"

#include "decompose_command.hpp"

namespace partwise::program {

void run_command(const CommandLine& line, RunControl& control) {
  switch (line.command->command) {
    case Command::decompose:
      return decompose(line.operands.front(), line.options, line.components_given, control);
  }
}

}  // namespace partwise::program
