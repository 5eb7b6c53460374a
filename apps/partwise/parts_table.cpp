#include "parts_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <partwise/display_text.hpp>

#include "terminal.hpp"

namespace partwise::program {
namespace {

/// A column: its heading and a text for each part, and how early it goes where room is short.
struct Column {
  std::string heading;
  std::vector<std::string> cells;
  bool is_left_aligned = false;
  int dispensable = 0;  ///< 0: never left out; the highest goes first

  [[nodiscard]] std::size_t width() const {
    std::size_t width = heading.size();
    for (const std::string& cell : cells) width = std::max(width, cell.size());
    return width;
  }
};

constexpr std::size_t kGap = 2;

std::vector<Column> columns_of(const std::vector<WrittenPart>& parts) {
  constexpr double kPercent = 100;
  Column number{"#", {}, false, 0}, name{"part", {}, true, 0}, peak{"peak Hz", {}, false, 0};
  Column note{"note", {}, true, 2}, energy{"energy %", {}, false, 1};
  Column onset{"onset s", {}, false, 3}, level{"level dB", {}, false, 4};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ComponentDescription& component = parts[i].component;
    number.cells.push_back(std::to_string(i));
    name.cells.push_back(display_text(parts[i].file_name));
    peak.cells.push_back(fixed(component.peak_hz, 1));
    note.cells.push_back(component.note);
    energy.cells.push_back(fixed(kPercent * component.energy_share, 1));
    onset.cells.push_back(fixed(component.first_onset_s, 2));
    level.cells.push_back(fixed(parts[i].level_db, 1));
  }
  return {number, name, peak, note, energy, onset, level};
}

std::size_t width_of(const std::vector<Column>& table) {
  std::size_t width = 0;
  for (const Column& column : table) width += kGap + column.width();
  return width;
}

/// Leaves out columns until the rest fits, or only those are left that nobody can do without.
void fit(std::vector<Column>& table, std::size_t columns) {
  while (width_of(table) > columns) {
    const auto first = std::ranges::max_element(table, {}, &Column::dispensable);
    if (first->dispensable == 0) break;
    table.erase(first);
  }
  constexpr std::size_t kName = 1, kShortestName = 7;  // the start of a name, and "..."
  const std::size_t width = width_of(table);
  if (width <= columns) return;
  Column& name = table[kName];
  const std::size_t excess = width - columns;
  const std::size_t longest =
      std::max(kShortestName, name.width() - std::min(excess, name.width()));
  for (std::string& cell : name.cells) {
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

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  char text[400];  // the largest double has 309 digits before the point
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string parts_table(const std::vector<WrittenPart>& parts, std::size_t columns, bool colour) {
  std::vector<Column> table = columns_of(parts);
  fit(table, columns);
  std::vector<std::string> cells;
  for (const Column& column : table) cells.push_back(column.heading);
  std::string out = painted(row_of(table, cells), Colour::bold, colour) + "\n";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t c = 0; c < table.size(); ++c) cells[c] = table[c].cells[i];
    out += row_of(table, cells) + "\n";
  }
  return out;
}

}  // namespace partwise::program
