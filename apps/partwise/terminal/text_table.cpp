#include "terminal/text_table.hpp"

#include "terminal/terminal.hpp"

namespace partwise::program {
namespace {

constexpr std::size_t kGap = 2;

std::size_t width_of(const std::vector<Column>& table) {
  std::size_t width = 0;
  for (const Column& column : table) width += kGap + column.width();
  return width;
}

/// Leaves out columns until the rest fits, or only those are left that nobody can do without.
void fit(std::vector<Column>& table, std::size_t name, std::size_t columns) {
  while (width_of(table) > columns) {
    const auto first = std::ranges::max_element(table, {}, &Column::dispensable);
    if (first->dispensable == 0) break;
    table.erase(first);
  }
  constexpr std::size_t kShortestName = 7;  // the start of a name, and "..."
  const std::size_t width = width_of(table);
  if (width <= columns) return;
  Column& names = table[name];
  const std::size_t excess = width - columns;
  const std::size_t longest =
      std::max(kShortestName, names.width() - std::min(excess, names.width()));
  for (std::string& cell : names.cells) {
    if (cell.size() > longest) cell = cell.substr(0, longest - 3) + "...";
  }
}

std::string row_of(const std::vector<Column>& table, const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t c = 0; c < table.size(); ++c) {
    const std::string padding(table[c].width() - cells[c].size(), ' ');
    row.append(kGap, ' ');
    row += table[c].is_left_aligned ? cells[c] + padding : padding + cells[c];
  }
  row.resize(row.find_last_not_of(' ') + 1);
  return row;
}

}  // namespace

std::string text_table(std::vector<Column> table, std::size_t name, std::size_t columns,
                       bool colour) {
  fit(table, name, columns);
  std::vector<std::string> cells;
  for (const Column& column : table) cells.push_back(column.heading);
  std::string out = painted(row_of(table, cells), Colour::bold, colour) + "\n";
  for (std::size_t i = 0; i < table.front().cells.size(); ++i) {
    for (std::size_t c = 0; c < table.size(); ++c) cells[c] = table[c].cells[i];
    out += row_of(table, cells) + "\n";
  }
  return out;
}

}  // namespace partwise::program
