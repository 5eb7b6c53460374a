#include <partwise/commands.hpp>
#include <partwise/option_names.hpp>
#include <partwise/run_options.hpp>

#include "shell/manual.hpp"

namespace partwise::manual {
namespace {

/// Between single quotes, with what _arguments takes for syntax marked as text.
std::string quoted_text(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '\'') {
      out += "'\\''";
    } else {
      if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') out += '\\';
      out += letter;
    }
  }
  return out;
}

std::string words_of(const OptionSpec& spec) {
  std::string out = "(";
  for (const std::string_view word : spec.use.words) out += std::string(word) + " ";
  out.back() = ')';
  return out;
}

std::string path_action(PathKind kind) { return kind == PathKind::folder ? "_files -/" : "_files"; }

/// What zsh offers for the value of an option.
std::string value_action(const OptionSpec& spec) {
  const bool has_words = !spec.use.words.empty();
  if (spec.use.path == PathKind::none) return has_words ? words_of(spec) : " ";
  std::string path = path_action(spec.use.path);
  if (!has_words) return path;
  return "_alternative \"words:word:" + words_of(spec) + "\" \"files:file:" + path + "\"";
}

std::string option_argument(const OptionSpec& spec) {
  const std::string name = "--" + std::string(spec.name);
  const bool is_flag = spec.value_name.empty();
  std::string rest = "[" + quoted_text(help_of(spec).text(flag_of)) + "]";
  if (!is_flag) rest += ":" + quoted_text(spec.value_name) + ":" + value_action(spec);
  const std::string sign = is_flag ? "" : "=";
  if (spec.short_name == 0) return "'" + name + sign + rest + "'";
  const std::string letter = std::string("-") + spec.short_name;
  return "'(" + letter + " " + name + ")'{" + letter + (is_flag ? "" : "+") + "," + name + sign +
         "}'" + rest + "'";
}

std::string command_case(const CommandSpec& command) {
  std::string out = "        " + std::string(command.name) + ")\n          _arguments -s -S \\\n";
  for (const OptionSpec* spec : options_of(command.command)) {
    out += "            " + option_argument(*spec) + " \\\n";
  }
  return out + "            '(- *)'{-h,--help}'[say what the command does]' \\\n            '*:" +
         quoted_text(command.operand) + ":" + path_action(command.operand_kind) + "' ;;\n";
}

}  // namespace

std::string zsh_completion() {
  std::string out =
      "#compdef partwise\n\n_partwise() {\n"
      "  local curcontext=$curcontext state state_descr line\n"
      "  typeset -A opt_args\n  local -a commands=(\n";
  std::string cases;
  for (const CommandSpec& command : command_table()) {
    out += "    '" + std::string(command.name) + ":" + quoted_text(command.summary) + "'\n";
    cases += command_case(command);
  }
  out +=
      "    'help:say what a command does'\n  )\n  _arguments -C \\\n"
      "    '(- *)'{-h,--help}'[say what partwise does]' \\\n"
      "    '(- *)--version[say which version this is]' \\\n"
      "    '1:command:->command' \\\n    '*::argument:->argument'\n"
      "  case $state in\n"
      "    command) _describe command commands ;;\n"
      "    argument)\n      case $words[1] in\n"
      "        help) _describe command commands ;;\n";
  out += cases;
  return out + "      esac ;;\n  esac\n}\n\n_partwise \"$@\"\n";
}

}  // namespace partwise::manual
