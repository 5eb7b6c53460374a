#pragma once
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

namespace partwise {

/// What the program can be asked to do.
enum class Command { decompose, resynth, info, spectrogram, evaluate };

/// A set of commands: those that take an option.
class Commands {
 public:
  constexpr Commands(std::initializer_list<Command> commands) {
    for (const Command command : commands) bits_ |= bit(command);
  }
  [[nodiscard]] constexpr bool contains(Command command) const {
    return (bits_ & bit(command)) != 0;
  }

 private:
  static constexpr unsigned bit(Command command) { return 1U << static_cast<unsigned>(command); }
  unsigned bits_ = 0;
};

/// What a person types in place of FILE or DIR, for completion.
enum class PathKind { none, file, folder };

/// A command as one would type it, and what comes of it.
struct CommandExample {
  std::string_view line;
  std::string_view result;
};

/// One command, declared once: the command line, its help, the manual and completions read it.
struct CommandSpec {
  Command command;
  std::string_view name;      ///< "decompose"
  std::string_view summary;   ///< what it does, in a few words
  std::string_view operands;  ///< as the usage line shows them, "FILE..."
  std::string_view operand;   ///< one of them, "FILE"
  PathKind operand_kind = PathKind::file;
  std::size_t min_operands = 1;
  std::size_t max_operands = 1;
  std::string_view description;  ///< paragraphs, divided by line ends
  std::span<const CommandExample> examples;
};

/// All commands, in the order of --help.
[[nodiscard]] std::span<const CommandSpec> command_table();

[[nodiscard]] const CommandSpec& command_spec(Command command);

/// The command of that name; nullptr if there is none.
[[nodiscard]] const CommandSpec* find_command(std::string_view name);

/// What an exit code of the program means.
struct ExitCode {
  std::string_view number;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitCode> exit_code_table();

}  // namespace partwise
