#include <algorithm>
#include <charconv>
#include <cmath>
#include <formats/csv_table.hpp>
#include <formats/text.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <span>
#include <utility>

namespace partwise {
namespace {

constexpr std::uint64_t kMostBytes = 64 << 20;  // a million events

std::string read_text(const std::string& path) {
  const auto source = open_file(path);
  if (source->size() > kMostBytes) {
    throw Error(ErrorCode::resource_limit, path + ": " + std::to_string(source->size()) +
                                               " bytes, expected a table of at most " +
                                               std::to_string(kMostBytes));
  }
  std::string text(static_cast<std::size_t>(source->size()), '\0');
  text.resize(source->read_at(0, std::as_writable_bytes(std::span(text))));
  return text;
}

/// One field, and the comma behind it if there is one.
struct Field {
  std::string text;
  bool is_last = true;
};

/// Takes a field off `line`; nothing if a quote is not closed.
std::optional<Field> take_field(std::string_view& line) {
  Field field;
  bool is_quoted = false;
  std::size_t at = 0;
  for (; at < line.size(); ++at) {
    const char letter = line[at];
    if (letter == '"' && is_quoted && at + 1 < line.size() && line[at + 1] == '"') {
      field.text += letter;
      ++at;
    } else if (letter == '"' && (is_quoted || field.text.empty())) {
      is_quoted = !is_quoted;
    } else if (letter == ',' && !is_quoted) {
      field.is_last = false;
      break;
    } else {
      field.text += letter;
    }
  }
  if (is_quoted) return {};
  line.remove_prefix(std::min(at + 1, line.size()));
  return field;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

CsvTable::CsvTable(const std::string& path) : CsvTable(path, read_text(path)) {}

CsvTable::CsvTable(std::string name, std::string_view text) : name_(std::move(name)) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  parse(text);
}

void CsvTable::parse(std::string_view text) {
  for (Index number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (without_blanks(line).empty()) continue;
    Row row{number, {}};
    for (bool is_last = false; !is_last;) {
      const auto field = take_field(line);
      if (!field) refuse(number, "a quote is not closed");
      row.fields.emplace_back(without_blanks(field->text));
      is_last = field->is_last;
    }
    if (names_.empty()) {
      names_ = std::move(row.fields);
    } else {
      rows_.push_back(std::move(row));
    }
  }
}

void CsvTable::refuse(Index line, const std::string& what) const {
  throw Error(ErrorCode::malformed, name_ + ": line " + std::to_string(line) + ": " + what);
}

std::optional<Index> CsvTable::column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::ranges::find(names_, name);
    if (found != names_.end()) return found - names_.begin();
  }
  return {};
}

Index CsvTable::required_column(std::initializer_list<std::string_view> names) const {
  if (const auto found = column(names)) return *found;
  std::string present;
  for (const std::string& name : names_) present += (present.empty() ? "" : ", ") + quoted(name);
  throw Error(ErrorCode::malformed, name_ + ": no column " + std::string(*names.begin()) +
                                        ", the first line names " +
                                        (present.empty() ? "none" : present));
}

const std::string& CsvTable::text(Index row, Index column) const {
  static const std::string kNothing;
  const auto& fields = rows_[row].fields;
  return column < static_cast<Index>(fields.size()) ? fields[column] : kNothing;
}

double CsvTable::number(Index row, Index column) const {
  const std::string& field = text(row, column);
  double value = 0;
  const char* end = field.data() + field.size();
  const auto [stopped_at, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc{} || stopped_at != end || !std::isfinite(value)) {
    refuse(rows_[row].line, names_[column] + " = " + quoted(field) + ", expected a number");
  }
  return value;
}

}  // namespace partwise
