#include <partwise/commands.hpp>
#include <partwise/run_options.hpp>
#include <partwise/version.hpp>

#include "parse/help.hpp"
#include "shell/manual.hpp"
#include "terminal/text_layout.hpp"

namespace partwise::manual {
namespace {

constexpr std::size_t kSourceColumns = 60;  // with what is escaped, the 80 that linters allow

/// One line as roff reads it back letter by letter: a hyphen that can be copied, no escape, no
/// macro.
std::string roff(std::string_view line) {
  std::string out;
  if (line.starts_with('.') || line.starts_with('\'')) out += "\\&";
  for (const char letter : line) {
    if (letter == '-') out += '\\';
    out += letter;
    if (letter == '\\') out += 'e';
  }
  return out;
}

/// Text that roff fills; each of its lines a paragraph.
std::string filled(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (!out.empty()) out += ".PP\n";
    for (const auto& line : program::wrapped(text.substr(0, end), kSourceColumns)) {
      out += roff(line) + "\n";
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

std::string section(std::string_view name) { return ".SH " + std::string(name) + "\n"; }
std::string subsection(std::string_view name) { return ".SS " + std::string(name) + "\n"; }

/// A paragraph with a tag that stands out to its left.
std::string tagged(const std::string& tag, std::string_view text) {
  return ".TP\n" + tag + "\n" + filled(text);
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string option_tag(const OptionSpec& spec) {
  std::string tag;
  if (spec.short_name != 0) tag = bold(std::string("-") + spec.short_name) + ", ";
  tag += bold("--" + std::string(spec.name));
  return spec.value_name.empty() ? tag : tag + " " + italic(spec.value_name);
}

std::string synopsis() {
  std::string out = section("SYNOPSIS");
  for (const CommandSpec& command : command_table()) {
    out += bold("partwise " + std::string(command.name)) + " " + italic(command.operands) + " [" +
           italic("options") + "]\n.br\n";
  }
  return out + bold("partwise help") + " [" + italic("COMMAND") + "]\n.br\n" +
         bold("partwise --version") + "\n";
}

std::string command_section(const CommandSpec& command) {
  std::string title = "PARTWISE ";
  for (const char letter : command.name) title += static_cast<char>(letter - 'a' + 'A');
  std::string out = section("\"" + title + "\"") + filled(command.description);
  std::string_view group;
  for (const OptionSpec* spec : options_of(command.command)) {
    if (spec->group != group) {
      group = spec->group;
      out += subsection(group);
    }
    out += tagged(option_tag(*spec), program::option_description(*spec));
  }
  out += subsection("Examples");
  for (const CommandExample& example : command.examples) {
    out += tagged(bold(example.line), example.result);
  }
  return out;
}

}  // namespace

std::string man_page(std::string_view date) {
  const std::string version = std::string("partwise ") + kVersion;
  std::string out = ".TH PARTWISE 1 " + std::string(date) + " \"" + version +
                    "\" \"User Commands\"\n" + section("NAME") +
                    "partwise \\- take a recording apart into the parts it is made of\n" +
                    synopsis() + section("DESCRIPTION") +
                    filled(
                        "partwise takes sound apart by nonnegative matrix factorization of its "
                        "spectrogram.");
  for (const CommandSpec& command : command_table()) {
    out += tagged(bold("partwise " + std::string(command.name)), command.summary);
  }
  for (const CommandSpec& command : command_table()) out += command_section(command);
  out += section("\"EXIT STATUS\"");
  for (const ExitCode& code : exit_code_table()) out += tagged(bold(code.number), code.meaning);
  out += section("ENVIRONMENT") +
         tagged(bold("NO_COLOR"), "where it is set and not empty, nothing is coloured") +
         tagged(bold("TERM"), "nothing is coloured where it is dumb or not set");
  return out;
}

}  // namespace partwise::manual
