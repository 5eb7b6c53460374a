// The only file that includes CLI11, which takes seconds to compile. CLI11 finds options and their
// texts; what a text means is the option table's business.
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <partwise/error.hpp>
#include <string_view>
#include <vector>

namespace partwise::program {
namespace {

constexpr std::string_view kSeeHelp = "; see partwise --help";

[[noreturn]] void refuse_usage(const std::string& message) {
  throw Error(ErrorCode::usage, message + std::string(kSeeHelp));
}

/// CLI11 would take the next argument for the value of "--output=".
void check_no_empty_values(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") return;
    if (!argument.starts_with("--") || !argument.ends_with('=')) continue;
    const auto* spec = find_option(argument.substr(2, argument.size() - 3));
    if (spec == nullptr) continue;
    if (spec->value_name.empty()) refuse_usage("--" + std::string(spec->name) + " takes no value");
    throw Error(ErrorCode::usage, "--" + std::string(spec->name) + " = (empty), expected " +
                                      std::string(spec->range));
  }
}

/// CLI11's words for a missing value and for a flag with one, in ours.
[[noreturn]] void refuse_argument_count(const std::string& text) {
  const auto colon = text.find(':');
  if (colon != std::string::npos) refuse_usage(text.substr(0, colon) + " needs a value");
  refuse_usage("--" + text.substr(0, text.find(' ')) + " takes no value");
}

void check_nothing_remains(const CLI::App& app) {
  const bool has_command = !app.get_subcommands().empty();
  for (const std::string& argument : app.remaining(true)) {
    const bool is_option = argument.starts_with("-");
    if (!has_command && is_option) break;
    if (argument == "--") continue;
    if (!has_command) refuse_usage("unknown command " + argument + ", expected decompose");
    if (is_option) refuse_usage("unknown option " + argument);
    refuse_usage("one FILE at a time, and this is another: " + argument);
  }
  if (!has_command) refuse_usage("a command is missing, expected decompose FILE");
}

void check_is_path(const std::string& input) {
  const bool is_address = input.find("://") != std::string::npos;
  if (input.empty() || input == "-" || is_address) {
    refuse_usage("FILE = " + (input.empty() ? "(empty)" : input) +
                 ", expected the path of an audio file" +
                 (is_address     ? " (addresses are not read)"
                  : input == "-" ? " (standard input is not read)"
                                 : ""));
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

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  check_no_empty_values(argc, argv);
  CommandLine line;
  CLI::App app;
  app.set_help_flag("-h,--help");
  app.set_version_flag("--version", "");
  app.allow_extras();
  auto* command = app.add_subcommand("decompose");
  command->set_help_flag("-h,--help");
  command->allow_extras();
  auto* file = command->add_option("FILE", line.input);

  const auto table = option_table();
  std::vector<std::string> texts(table.size());
  std::vector<CLI::Option*> options;
  for (std::size_t i = 0; i < table.size(); ++i) {
    options.push_back(add_option(*command, table[i], texts[i]));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return line;
  } catch (const CLI::CallForVersion&) {
    line.task = CommandLine::Task::version;
    return line;
  } catch (const CLI::ArgumentMismatch& error) {
    refuse_argument_count(error.what());
  } catch (const CLI::ParseError& error) {
    refuse_usage(error.what());
  }
  check_nothing_remains(app);
  if (file->count() == 0) refuse_usage("decompose: FILE is missing");
  check_is_path(line.input);

  std::vector<GivenOption> given;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (options[i]->count() > 0) given.push_back({&table[i], texts[i]});
  }
  line.task = CommandLine::Task::decompose;
  line.options = make_run_options(given);
  line.components_given = options[0]->count() > 0;
  return line;
}

}  // namespace partwise::program
