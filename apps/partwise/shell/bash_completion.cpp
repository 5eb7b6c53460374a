#include <partwise/commands.hpp>
#include <partwise/run_options.hpp>

#include "shell/manual.hpp"

namespace partwise::manual {
namespace {

constexpr std::string_view kHead = R"(# bash completion for partwise

_partwise_words() {
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$2")
}

_partwise_paths() {  # -f: files and folders, -d: folders
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen "$1" -- "$2")
  compopt -o filenames 2> /dev/null
}

_partwise() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' i
  COMPREPLY=()
  # bash cuts --name=value at the equals sign.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} != -* ]]; then
      command=${COMP_WORDS[i]}
      break
    fi
  done
  case $command in
)";

constexpr std::string_view kTail = R"(  esac
} && complete -F _partwise partwise
)";

std::string path_flag(PathKind kind) { return kind == PathKind::folder ? "-d" : "-f"; }

std::string value_case(const OptionSpec& spec) {
  std::string pattern = "--" + std::string(spec.name);
  if (spec.short_name != 0) pattern = std::string("-") + spec.short_name + " | " + pattern;
  std::string out = "        " + pattern + ")\n";
  if (!spec.use.words.empty()) {
    out += "          _partwise_words '";
    for (const std::string_view word : spec.use.words) out += std::string(word) + " ";
    out.back() = '\'';
    out += " \"$cur\"\n";
  }
  if (spec.use.path != PathKind::none) {
    out += "          _partwise_paths " + path_flag(spec.use.path) + " \"$cur\"\n";
  }
  return out + "          return ;;\n";
}

std::string command_case(const CommandSpec& command) {
  std::string values, names;
  for (const OptionSpec* spec : options_of(command.command)) {
    if (!spec->value_name.empty()) values += value_case(*spec);
    if (spec->short_name != 0) names += std::string("-") + spec->short_name + " ";
    names += "--" + std::string(spec->name) + " ";
  }
  std::string out = "    " + std::string(command.name) + ")\n";
  if (!values.empty()) out += "      case $prev in\n" + values + "      esac\n";
  return out + "      if [[ $cur == -* ]]; then\n        _partwise_words '" + names +
         "-h --help' \"$cur\"\n      else\n        _partwise_paths " +
         path_flag(command.operand_kind) + " \"$cur\"\n      fi ;;\n";
}

}  // namespace

std::string bash_completion() {
  std::string out(kHead), names, cases;
  for (const CommandSpec& command : command_table()) {
    names += std::string(command.name) + " ";
    cases += command_case(command);
  }
  out += "    '') _partwise_words '" + names + "help -h --help --version' \"$cur\" ;;\n";
  out += "    help) _partwise_words '" + names + "' \"$cur\" ;;\n";
  return out + cases + std::string(kTail);
}

}  // namespace partwise::manual
