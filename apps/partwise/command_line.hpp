#pragma once
#include <partwise/run_options.hpp>

#include <string>

namespace partwise::program {

/// What the arguments ask for.
struct CommandLine {
  enum class Task { help, version, decompose };
  Task task = Task::help;
  std::string input;  ///< FILE of decompose
  RunOptions options;
  bool components_given = false;  ///< else a given start may decide how many
};

/// Throws Error(usage).
[[nodiscard]] CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace partwise::program
