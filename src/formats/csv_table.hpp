#pragma once
#include <optional>
#include <partwise/index.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// A table of text as RFC 4180 has it: columns with names in the first line, fields divided by
/// commas, in double quotes where they hold one. Lines without anything in them are left out.
class CsvTable {
 public:
  /// Reads a file of at most 64 MB. Throws Error(cannot_read), Error(malformed).
  explicit CsvTable(const std::string& path);
  /// The same of a text; messages call it `name`.
  CsvTable(std::string name, std::string_view text);

  [[nodiscard]] Index num_rows() const { return static_cast<Index>(rows_.size()); }
  /// The number of the first column that has one of these names.
  [[nodiscard]] std::optional<Index> column(std::initializer_list<std::string_view> names) const;
  /// The same, where there has to be one: Error(malformed) names the columns that are there.
  [[nodiscard]] Index required_column(std::initializer_list<std::string_view> names) const;

  /// "" where the row is shorter.
  [[nodiscard]] const std::string& text(Index row, Index column) const;
  /// Throws Error(malformed) with line, column and value unless it is a finite number.
  [[nodiscard]] double number(Index row, Index column) const;

 private:
  struct Row {
    Index line = 0;
    std::vector<std::string> fields;
  };
  void parse(std::string_view text);
  [[noreturn]] void refuse(Index line, const std::string& what) const;

  std::string name_;
  std::vector<std::string> names_;
  std::vector<Row> rows_;
};

}  // namespace partwise
