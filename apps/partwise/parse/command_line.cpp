// The only file that includes CLI11, which takes seconds to compile. CLI11 finds options and their
// texts; what a text means is the option table's business.
#include "parse/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>
#include <string_view>

#include "parse/nearest.hpp"

namespace partwise::program {
namespace {

constexpr std::string_view kHelpCommand = "help";

/// A command as CLI11 knows it, and what it found there.
struct ParsedCommand {
  const CommandSpec* spec = nullptr;
  CLI::App* app = nullptr;
  std::vector<const OptionSpec*> specs;
  std::vector<CLI::Option*> options;
  std::vector<std::string> texts;  ///< one for each option, empty where it is not given
  std::vector<std::string> operands;
};

[[noreturn]] void refuse_usage(const std::string& message, const CommandSpec* command) {
  const std::string name = command == nullptr ? "" : " " + std::string(command->name);
  throw Error(ErrorCode::usage, message + "; see partwise" + name + " --help");
}

/// "; did you mean --mono?" if there is something near.
std::string suggestion(std::string_view typed, const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  const std::string_view word = nearest(typed, views);
  return word.empty() ? "" : "; did you mean " + std::string(word) + "?";
}

/// The command whose name comes first among the arguments; nullptr if there is none.
const CommandSpec* command_of(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with("-")) return find_command(argument);
  }
  return nullptr;
}

/// CLI11 would take the next argument for the value of "--output=".
void check_no_empty_values(int argc, const char* const* argv, const CommandSpec* command) {
  if (command == nullptr) return;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with("--") || !argument.ends_with('=')) continue;
    const auto* spec = find_option(argument.substr(2, argument.size() - 3), command->command);
    if (spec == nullptr) continue;
    const std::string name = "--" + std::string(spec->name);
    if (spec->value_name.empty()) refuse_usage(name + " takes no value", command);
    throw Error(ErrorCode::usage, name + " = (empty), expected " + std::string(spec->range));
  }
}

/// CLI11's words for a missing value and for a flag with one, in ours.
[[noreturn]] void refuse_argument_count(const std::string& text, const CommandSpec* command) {
  const auto colon = text.find(':');
  if (colon != std::string::npos) refuse_usage(text.substr(0, colon) + " needs a value", command);
  refuse_usage("--" + text.substr(0, text.find(' ')) + " takes no value", command);
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

/// What CLI11 took for nothing it knows.
void check_nothing_remains(const CLI::App& app, const CommandSpec* command) {
  for (const std::string& argument : app.remaining(true)) {
    if (argument.starts_with("-")) refuse_option(argument, command);
    if (command == nullptr) refuse_command(argument);
    refuse_usage("unexpected argument " + argument, command);
  }
}

CLI::Option* add_option(CLI::App& command, const OptionSpec& spec, std::string& text) {
  std::string names = "--" + std::string(spec.name);
  if (spec.short_name != 0) names = std::string("-") + spec.short_name + "," + names;
  if (spec.value_name.empty()) return command.add_flag(names)->disable_flag_override();
  return command.add_option(names, text)
      ->type_name(std::string(spec.value_name))
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// What every command knows beside its own options.
void prepare(CLI::App& app) {
  app.set_help_flag("-h,--help");
  app.set_version_flag("--version", "");
  app.allow_extras();
}

void add_command(CLI::App& app, ParsedCommand& parsed) {
  parsed.app = app.add_subcommand(std::string(parsed.spec->name));
  prepare(*parsed.app);
  parsed.app->add_option(std::string(parsed.spec->operand), parsed.operands);
  parsed.specs = options_of(parsed.spec->command);
  parsed.texts.resize(parsed.specs.size());
  for (std::size_t i = 0; i < parsed.specs.size(); ++i) {
    parsed.options.push_back(add_option(*parsed.app, *parsed.specs[i], parsed.texts[i]));
  }
}

void check_operands(const ParsedCommand& parsed) {
  const CommandSpec& spec = *parsed.spec;
  const std::string name(spec.name), operand(spec.operand);
  if (parsed.operands.size() < spec.min_operands) {
    const std::string missing = spec.min_operands > 1 ? std::string(spec.operands) : operand;
    refuse_usage(name + ": " + missing + (spec.min_operands > 1 ? " are missing" : " is missing"),
                 &spec);
  }
  if (parsed.operands.size() > spec.max_operands) {
    const std::string most = spec.max_operands > 1 ? std::string(spec.operands) : "one " + operand;
    refuse_usage(name + ": " + most +
                     " at a time, and this is another: " + parsed.operands[spec.max_operands],
                 &spec);
  }
}

/// Refuses what no input can be.
void check_is_input(const std::string& input, const CommandSpec& command) {
  try {
    (void)input_kind(input);
  } catch (const Error& error) {
    refuse_usage(error.what(), &command);
  }
}

void check_inputs(const ParsedCommand& parsed) {
  const auto& inputs = parsed.operands;
  for (const std::string& input : inputs) check_is_input(input, *parsed.spec);
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
    refuse_usage(std::string(parsed.spec->name) + ": - twice, and standard input is read once",
                 parsed.spec);
  }
}

CommandLine task_of(const ParsedCommand& parsed) {
  check_operands(parsed);
  if (parsed.spec->operand_kind == PathKind::file) check_inputs(parsed);
  CommandLine line;
  line.task = CommandLine::Task::run;
  line.command = parsed.spec;
  line.operands = parsed.operands;
  for (std::size_t i = 0; i < parsed.specs.size(); ++i) {
    if (parsed.options[i]->count() == 0) continue;
    line.given.push_back({parsed.specs[i], parsed.texts[i]});
    if (parsed.specs[i]->name == "components") line.components_given = true;
  }
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

}  // namespace

CommandLine parse_command_line(int all, const char* const* argv) {
  // CLI11 takes what stands behind "--" for an operand only while operands are missing.
  const int argc = static_cast<int>(std::find(argv, argv + all, std::string_view("--")) - argv);
  const std::vector<std::string> behind(argv + std::min(argc + 1, all), argv + all);
  const CommandSpec* command = command_of(argc, argv);
  check_no_empty_values(argc, argv, command);
  CLI::App app;
  prepare(app);
  std::vector<std::string> explained;
  auto* help = app.add_subcommand(std::string(kHelpCommand));
  prepare(*help);
  help->add_option("COMMAND", explained);
  ParsedCommand parsed{command, nullptr, {}, {}, {}, {}};
  if (command != nullptr) add_command(app, parsed);

  CommandLine line;
  line.command = command;
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return line;
  } catch (const CLI::CallForVersion&) {
    line.task = CommandLine::Task::version;
    return line;
  } catch (const CLI::ArgumentMismatch& error) {
    refuse_argument_count(error.what(), command);
  } catch (const CLI::ParseError& error) {
    refuse_usage(error.what(), command);
  }
  check_nothing_remains(app, command);
  explained.insert(explained.end(), behind.begin(), behind.end());
  parsed.operands.insert(parsed.operands.end(), behind.begin(), behind.end());
  if (help->parsed()) return explanation_of(explained);
  if (command == nullptr) refuse_command("");
  return task_of(parsed);
}

}  // namespace partwise::program
