#include "help.hpp"

#include <partwise/run_options.hpp>
#include <string_view>
#include <vector>

namespace partwise::program {
namespace {

constexpr std::size_t kHelpColumn = 27;  // the longest option fits before it
constexpr std::size_t kLineWidth = 80;   // of the narrowest usual terminal

constexpr std::string_view kHead =
    R"(partwise takes a recording apart into the parts it is made of.

Usage: partwise decompose FILE [options]

FILE is any WAV, FLAC, AIFF, Ogg Vorbis or MP3 file. The parts, their sum, what
is left over, the factors and a page to see and hear them in are written into
one folder: FILE's name with .parts for its extension, in the current directory.
)";

constexpr std::string_view kTail = R"(
Other
  -h, --help               this text
  --version                the version

Examples
  partwise decompose loop.wav -k 3
      three parts into loop.parts/; open loop.parts/report.html
  partwise decompose song.mp3 -k 12 --offset 30 --duration 20 -o verse
      twenty seconds of a song into verse/
  partwise decompose loop.wav --format flac --sort energy --force
      the loudest part first, as FLAC, in place of the last result
  partwise decompose notebook.wav --librosa
      the numbers of librosa 0.10.2 and scikit-learn 1.2.1

Exit codes: 0 done; 2 usage; 3 cannot read; 4 malformed or unsupported input;
5 over a resource limit; 6 cannot write; 7 numerical; 70 a fault of partwise;
130, 143 stopped by SIGINT, SIGTERM.
)";

void append_wrapped(std::string& out, std::size_t column, std::string_view text) {
  while (!text.empty()) {
    const auto space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    const bool at_start = column == kHelpColumn;
    if (!at_start && column + 1 + word.size() > kLineWidth) {
      out += '\n';
      out.append(kHelpColumn, ' ');
      column = kHelpColumn;
    } else if (!at_start) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
  }
  out += '\n';
}

std::string description(const OptionSpec& spec) {
  std::string text(spec.help);
  const bool has_default = !spec.default_text.empty();
  if (spec.value_name.empty() || !has_default) return text;
  return text + ": " + std::string(spec.range) + " [" + std::string(spec.default_text) + "]";
}

void append_option(std::string& out, const OptionSpec& spec) {
  std::string names = "  ";
  if (spec.short_name != 0) names += std::string("-") + spec.short_name + ", ";
  names += "--" + std::string(spec.name);
  if (!spec.value_name.empty()) names += " " + std::string(spec.value_name);
  out += names;
  if (names.size() + 1 > kHelpColumn) {
    out += '\n';
    names.clear();
  }
  out.append(kHelpColumn - names.size(), ' ');
  append_wrapped(out, kHelpColumn, description(spec));
}

}  // namespace

std::string help_text() {
  std::string out(kHead);
  std::string_view group;
  for (const OptionSpec& spec : option_table()) {
    if (spec.group != group) {
      group = spec.group;
      out += "\n" + std::string(group) + "\n";
    }
    append_option(out, spec);
  }
  out += kTail;
  return out;
}

}  // namespace partwise::program
