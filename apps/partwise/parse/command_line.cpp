// Which command and options the arguments name. What an option's value means is the option table's
// business.
#include "parse/command_line.hpp"

#include <algorithm>
#include <optional>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>
#include <span>
#include <string_view>

#include "parse/nearest.hpp"
#include "parse/split_arguments.hpp"

namespace partwise::program {
namespace {

constexpr std::string_view kHelpCommand = "help";

/// The arguments before the command's name, and those that follow it.
struct CommandArguments {
  std::span<const char* const> before;
  std::string_view name;  ///< empty: no command is given
  std::span<const char* const> after;
};

std::string see_help(const CommandSpec* command) {
  const std::string name = command == nullptr ? "" : " " + std::string(command->name);
  return "see partwise" + name + " --help";
}

[[noreturn]] void refuse_usage(const std::string& message, const CommandSpec* command) {
  throw Error(ErrorCode::usage, message, see_help(command));
}

/// "; did you mean --mono?" if there is something near.
std::string suggestion(std::string_view typed, const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  const std::string_view word = nearest(typed, views);
  return word.empty() ? "" : "; did you mean " + std::string(word) + "?";
}

/// The command is the first argument that is no option; "--" ends the search.
CommandArguments find_command_name(std::span<const char* const> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--") return {arguments.first(i), "", {}};
    if (argument.starts_with("-")) continue;
    return {arguments.first(i), argument, arguments.subspan(i + 1)};
  }
  return {arguments, "", {}};
}

[[noreturn]] void refuse_value(const OptionSpec& spec, ValueFault what,
                               const CommandSpec* command) {
  const std::string name = "--" + std::string(spec.name);
  if (what == ValueFault::missing) refuse_usage(name + " needs a value", command);
  if (what == ValueFault::unwanted) refuse_usage(name + " takes no value", command);
  throw bad_argument(spec.name, "", spec.range);
}

[[noreturn]] void refuse_option(const std::string& argument, const CommandSpec* command) {
  const std::string typed = argument.substr(0, argument.find('='));
  std::vector<std::string> known = {"--help", "--version"};
  if (command != nullptr) {
    for (const OptionSpec* spec : options_of(command->command)) {
      known.push_back("--" + std::string(spec->name));
    }
  }
  refuse_usage("unknown option " + argument + suggestion(typed, known), command);
}

[[noreturn]] void refuse_command(const std::string& argument) {
  std::vector<std::string> known = {std::string(kHelpCommand)};
  std::string names;
  for (const CommandSpec& spec : command_table()) {
    known.emplace_back(spec.name);
    names += (names.empty() ? "" : ", ") + std::string(spec.name);
  }
  if (argument.empty()) refuse_usage("a command is missing, expected " + names, nullptr);
  const std::string near = suggestion(argument, known);
  refuse_usage("unknown command " + argument + (near.empty() ? ", expected " + names : near),
               nullptr);
}

void check_operands(const CommandSpec& spec, const std::vector<std::string>& given) {
  const std::string name(spec.name), operand(spec.operand);
  if (given.size() < spec.min_operands) {
    const std::string missing = spec.min_operands > 1 ? std::string(spec.operands) : operand;
    refuse_usage(name + ": " + missing + (spec.min_operands > 1 ? " are missing" : " is missing"),
                 &spec);
  }
  if (given.size() > spec.max_operands) {
    const std::string most = spec.max_operands > 1 ? std::string(spec.operands) : "one " + operand;
    refuse_usage(
        name + ": " + most + " at a time, and this is another: " + given[spec.max_operands], &spec);
  }
}

/// Refuses what no input can be.
void check_is_input(const std::string& input, const CommandSpec& command) {
  try {
    (void)input_kind(input);
  } catch (const Error& error) {
    throw error.with_hint(see_help(&command));
  }
}

void check_inputs(const CommandSpec& spec, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) check_is_input(input, spec);
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
    refuse_usage(std::string(spec.name) + ": - twice, and standard input is read once", &spec);
  }
}

/// The last value given for each option, in the order of the table.
std::vector<GivenOption> given_options(const std::vector<const OptionSpec*>& specs,
                                       const std::vector<SplitArguments::Given>& given) {
  std::vector<std::optional<std::string>> values(specs.size());
  for (const auto& [option, value] : given) values[option] = value;
  std::vector<GivenOption> out;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (values[i]) out.push_back({specs[i], *values[i]});
  }
  return out;
}

CommandLine task_of(const CommandSpec& spec, const std::vector<const OptionSpec*>& specs,
                    const SplitArguments& split) {
  check_operands(spec, split.operands);
  if (spec.operand_kind == PathKind::file) check_inputs(spec, split.operands);
  CommandLine line;
  line.task = CommandLine::Task::run;
  line.command = &spec;
  line.operands = split.operands;
  line.given = given_options(specs, split.given);
  line.options = make_run_options(line.given);
  return line;
}

CommandLine explanation_of(const std::vector<std::string>& names) {
  CommandLine line;
  if (names.empty()) return line;
  if (names.size() > 1) refuse_usage("unexpected argument " + names[1], nullptr);
  line.command = find_command(names.front());
  if (line.command == nullptr && names.front() != kHelpCommand) refuse_command(names.front());
  return line;
}

/// --help or --version, wherever it stands.
std::optional<CommandLine> shown_text(const SplitArguments& before, const SplitArguments& after,
                                      const CommandSpec* command) {
  CommandLine line;
  line.command = command;
  if (before.version || after.version) {
    line.task = CommandLine::Task::version;
  } else if (!before.help && !after.help) {
    return std::nullopt;
  }
  return line;
}

SplitArguments split_for(const std::vector<const OptionSpec*>& specs,
                         std::span<const char* const> arguments) {
  std::vector<OptionName> names;
  names.reserve(specs.size());
  for (const OptionSpec* spec : specs) {
    names.push_back({spec->name, spec->short_name, !spec->value_name.empty()});
  }
  return split_arguments(arguments, names);
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  const auto [head, name, tail] = find_command_name(arguments.subspan(argc > 0 ? 1 : 0));
  const CommandSpec* command = find_command(name);
  const auto specs =
      command == nullptr ? std::vector<const OptionSpec*>() : options_of(command->command);
  const SplitArguments before = split_arguments(head, {});
  const SplitArguments after = split_for(specs, tail);

  if (!after.faults.empty()) {
    refuse_value(*specs[after.faults.front().option], after.faults.front().what, command);
  }
  if (const auto shown = shown_text(before, after, command)) return *shown;
  if (!before.unknown.empty()) refuse_option(before.unknown.front(), command);
  if (!before.operands.empty()) refuse_option(before.operands.front(), command);  // "-", "-5"
  if (command == nullptr && name != kHelpCommand) refuse_command(std::string(name));
  if (!after.unknown.empty()) refuse_option(after.unknown.front(), command);
  if (command == nullptr) return explanation_of(after.operands);
  return task_of(*command, specs, after);
}

}  // namespace partwise::program
