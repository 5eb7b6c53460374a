#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace partwise::program {

/// A column: its heading and a text for each row, and how early it goes where room is short.
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

/// The rows under a heading, a line each. What does not fit into so many columns of the terminal is
/// left out; then the texts of column `name` are cut.
[[nodiscard]] std::string text_table(std::vector<Column> table, std::size_t name,
                                     std::size_t columns, bool colour);

}  // namespace partwise::program
