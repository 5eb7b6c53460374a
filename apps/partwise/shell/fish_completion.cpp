#include <partwise/commands.hpp>
#include <partwise/option_names.hpp>
#include <partwise/run_options.hpp>

#include "shell/manual.hpp"

namespace partwise::manual {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "'";
}

std::string complete(std::string_view condition, const std::string& what) {
  return "complete -c partwise -n " + quoted(condition) + " " + what + "\n";
}

/// What fish offers for the value of an option: -x nothing but this, -r and -F files too.
std::string value_flags(const OptionSpec& spec) {
  if (spec.value_name.empty()) return "";
  std::string words;
  for (const std::string_view word : spec.use.words) words += std::string(word) + " ";
  if (!words.empty()) words.pop_back();
  if (spec.use.path == PathKind::folder) words += "(__fish_complete_directories)";
  const std::string offered = words.empty() ? "" : " -a " + quoted(words);
  return (spec.use.path == PathKind::file ? " -r -F" : " -x") + offered;
}

std::string option_line(const CommandSpec& command, const OptionSpec& spec) {
  std::string what;
  if (spec.short_name != 0) what = std::string("-s ") + spec.short_name + " ";
  what += "-l " + std::string(spec.name) + value_flags(spec) + " -d " +
          quoted(help_of(spec).text(flag_of));
  return complete("__fish_seen_subcommand_from " + std::string(command.name), what);
}

}  // namespace

std::string fish_completion() {
  const std::string first = "__fish_use_subcommand";
  std::string out = "# fish completion for partwise\n";
  std::string names;
  for (const CommandSpec& command : command_table()) {
    const std::string name(command.name);
    out += complete(first, "-f -a " + name + " -d " + quoted(command.summary));
    names += (names.empty() ? "" : " ") + name;
  }
  out += complete(first, "-f -a help -d 'say what a command does'");
  out += complete(first, "-l version -d 'say which version this is'");
  out += complete("__fish_seen_subcommand_from help", "-f -a " + quoted(names));
  out += "complete -c partwise -s h -l help -d 'say what it does'\n";
  for (const CommandSpec& command : command_table()) {
    for (const OptionSpec* spec : options_of(command.command)) out += option_line(command, *spec);
    if (command.operand_kind == PathKind::folder) {
      out += complete("__fish_seen_subcommand_from " + std::string(command.name),
                      "-f -a '(__fish_complete_directories)'");
    }
  }
  return out;
}

}  // namespace partwise::manual
