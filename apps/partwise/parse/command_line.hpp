#pragma once
#include <partwise/commands.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// What the arguments ask for.
struct CommandLine {
  enum class Task { help, version, run };
  Task task = Task::help;
  const CommandSpec* command = nullptr;  ///< what to run or to explain; null: help on all of it
  std::vector<std::string> operands;     ///< FILE ... of the command
  std::vector<GivenOption> given;
  RunOptions options;  ///< the defaults, and `given` over them
};

/// Throws Error(usage).
[[nodiscard]] CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace partwise::program
