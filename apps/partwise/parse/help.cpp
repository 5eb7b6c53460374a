#include "parse/help.hpp"

#include <partwise/option_names.hpp>
#include <string_view>

#include "terminal/text_layout.hpp"

namespace partwise::program {
namespace {

constexpr std::size_t kHelpColumn = 27;  // the longest option fits before it
constexpr std::size_t kExampleIndent = 6;

void append_options(std::string& out, Command command) {
  std::string_view group;
  for (const OptionSpec* spec : options_of(command)) {
    if (spec->group != group) {
      group = spec->group;
      out += "\n" + std::string(group) + "\n";
    }
    out += definition("  " + option_term(*spec), option_description(*spec), kHelpColumn);
  }
}

void append_examples(std::string& out, const CommandSpec& command) {
  for (const CommandExample& example : command.examples) {
    out += "  " + std::string(example.line) + "\n" + paragraph(example.result, kExampleIndent);
  }
}

std::string exit_codes() {
  std::string text = "Exit codes: ";
  for (const ExitCode& code : exit_code_table()) {
    text += std::string(code.number) + " " + std::string(code.meaning) + "; ";
  }
  text.replace(text.size() - 2, 2, ".");
  return "\n" + paragraph(text, 0);
}

}  // namespace

std::string option_term(const OptionSpec& spec) {
  std::string term;
  if (spec.short_name != 0) term += std::string("-") + spec.short_name + ", ";
  term += "--" + std::string(spec.name);
  if (!spec.value_name.empty()) term += " " + std::string(spec.value_name);
  return term;
}

std::string option_description(const OptionSpec& spec) {
  std::string text = help_of(spec).text(flag_of);
  if (spec.value_name.empty() || spec.default_text.empty()) return text;
  return text + ": " + std::string(spec.range) + " [" + std::string(spec.default_text) + "]";
}

std::string overview_text() {
  std::string out =
      "partwise takes a recording apart into the parts it is made of.\n\n"
      "Usage: partwise COMMAND ...\n\nCommands\n";
  for (const CommandSpec& command : command_table()) {
    out += definition("  " + std::string(command.name) + " " + std::string(command.operands),
                      command.summary, kHelpColumn);
  }
  out += definition("  help [COMMAND]", "what a command does, its options, examples", kHelpColumn);
  out += "\nOther\n";
  out += definition("  -h, --help", "this text, or behind a command what help says of it",
                    kHelpColumn);
  out += definition("  --version", "the version", kHelpColumn);
  out += "\nExamples\n";
  append_examples(out, command_table().front());
  return out + exit_codes();
}

std::string help_text(const CommandSpec& command) {
  const std::string name(command.name);
  std::string out = "partwise " + name + ": " + std::string(command.summary) + "\n\n";
  out += "Usage: partwise " + name + " " + std::string(command.operands) + " [options]\n\n";
  out += paragraph(command.description, 0);
  append_options(out, command.command);
  out += "\nOther\n" + definition("  -h, --help", "this text", kHelpColumn) + "\nExamples\n";
  append_examples(out, command);
  return out + exit_codes();
}

}  // namespace partwise::program
