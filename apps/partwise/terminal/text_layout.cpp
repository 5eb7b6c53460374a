#include "terminal/text_layout.hpp"

#include <algorithm>

namespace partwise::program {
namespace {

/// What stands before `separator`, which goes with it.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view paragraph = take_until(text, '\n');
    std::string line;
    while (!paragraph.empty()) {
      const std::string_view word = take_until(paragraph, ' ');
      if (!line.empty() && line.size() + 1 + word.size() > columns) {
        lines.push_back(std::move(line));
        line.clear();
      }
      if (!line.empty()) line += ' ';
      line += word;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string paragraph(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string out;
  for (const std::string& line : wrapped(text, columns - std::min(indent, columns))) {
    if (!line.empty()) out.append(indent, ' ');
    out += line + "\n";
  }
  return out;
}

std::string definition(std::string_view term, std::string_view meaning, std::size_t indent,
                       std::size_t columns) {
  std::string out(term);
  const std::string text = paragraph(meaning, indent, columns);
  if (term.size() + 1 > indent) return out + "\n" + text;
  out.append(indent - term.size(), ' ');
  return out + (text.size() > indent ? text.substr(indent) : "\n");
}

}  // namespace partwise::program
