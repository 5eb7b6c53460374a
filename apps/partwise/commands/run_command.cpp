#include "commands/run_command.hpp"

#include <partwise/error.hpp>

#include "commands/decompose_command.hpp"
#include "commands/estimate_command.hpp"
#include "commands/evaluate_command.hpp"
#include "commands/info_command.hpp"
#include "commands/resynth_command.hpp"
#include "commands/spectrogram_command.hpp"

namespace partwise::program {

int run_command(const CommandLine& line, RunControl& control) {
  switch (line.command->command) {
    case Command::decompose:
      if (line.options.estimate) {
        return tell_estimate(line.operands, line.options, control);
      }
      return decompose(line.operands, line.options, control);
    case Command::resynth:
      resynth(line.operands.front(), line.given, control);
      return 0;
    case Command::info:
      return tell_info(line.operands, line.options, control);
    case Command::evaluate:
      return evaluate(line.operands[0], line.operands[1], line.options, control);
    case Command::spectrogram:
      spectrogram(line.operands.front(), line.options, control);
      return 0;
  }
  return static_cast<int>(ErrorCode::internal);  // no other value is in the table
}

}  // namespace partwise::program
