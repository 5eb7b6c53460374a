// The options of all commands, made from the rows that declare them.
#include <algorithm>
#include <options/option_row.hpp>

namespace partwise {
namespace {

/// "a, b or c"
std::string alternatives(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 < items.size() ? ", " : " or ";
    out += items[i];
  }
  return out;
}

std::string with_underscores(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '-', '_');
  return out;
}

std::string limits_text(const OptionLimits& limits) {
  return std::visit(
      [](const auto& range) {
        if constexpr (std::is_same_v<decltype(range), const std::monostate&>)
          return std::string();
        else
          return range.text();
      },
      limits);
}

std::string range_text(const OptionRow& row) {
  if (row.value_name.empty()) return "";
  std::vector<std::string> items;
  if (std::string numbers = limits_text(row.limits); !numbers.empty()) items.push_back(numbers);
  for (const std::string_view word : row.access.words) items.emplace_back(word);
  for (const std::string_view word : row.words) items.emplace_back(word);
  if (!row.file_suffix.empty()) {
    items.push_back("the name of an " + std::string(row.file_suffix) + " file");
  }
  return alternatives(items);
}

/// What completion offers: all words, and numbers where there are few.
std::vector<std::string_view> offered_words(const OptionRow& row) {
  constexpr std::string_view kDigits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  constexpr Index kFew = 3;
  std::vector<std::string_view> out(row.access.words.begin(), row.access.words.end());
  out.insert(out.end(), row.words.begin(), row.words.end());
  if (!row.not_given.empty()) out.push_back(row.not_given);
  const auto* range = std::get_if<Range<Index>>(&row.limits);
  if (range != nullptr && range->min >= 0 && range->max - range->min < kFew) {
    for (Index value = range->min; value <= range->max; ++value) out.push_back(kDigits[value]);
  }
  return out;
}

/// 1e-4, not 1e-04.
std::string without_leading_zero_of_exponent(std::string text) {
  if (const auto zero = text.find("e-0"); zero != std::string::npos) text.erase(zero + 2, 1);
  return text;
}

std::string default_text(const OptionRow& row, const OptionValue& value) {
  if (row.value_name.empty()) return "";
  if (!row.default_words.empty()) return std::string(row.default_words);
  if (std::holds_alternative<std::monostate>(value)) return std::string(row.not_given);
  return without_leading_zero_of_exponent(option_text(value));
}

/// The default of the option structs, with what the core decides where nothing is given.
OptionValue default_value(const OptionRow& row) {
  static const RunOptions defaults = [] {
    RunOptions options;
    options.analysis = resolve(options.analysis);
    return options;
  }();
  OptionValue value = row.access.get(defaults);
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && text->empty() ? OptionValue() : value;
}

OptionSpec spec_of(const OptionGroup& group, const OptionRow& row) {
  OptionSpec spec;
  spec.name = row.name;
  spec.python_name =
      row.python_name.empty() ? with_underscores(row.name) : std::string(row.python_name);
  spec.field = row.field.empty() ? with_underscores(row.name) : std::string(row.field);
  spec.group = group.title;
  spec.short_name = row.short_name;
  spec.value_name = row.value_name;
  spec.range = row.range.empty() ? range_text(row) : std::string(row.range);
  spec.help = row.help;
  spec.kind = row.access.kind;
  spec.limits = row.limits;
  spec.unit = row.unit;
  spec.default_value = default_value(row);
  spec.default_text = default_text(row, spec.default_value);
  spec.not_given = row.not_given;
  spec.file_suffix = row.file_suffix;
  spec.use = {row.commands, row.reach, offered_words(row), row.path};
  spec.get = row.access.get;
  spec.set = row.access.set;
  spec.preset = row.preset;
  return spec;
}

OptionSpec spec_of(const OptionGroup& group, const OptionRow& row, const OptionVariant& variant) {
  OptionSpec spec = spec_of(group, row);
  spec.use.commands = variant.commands;
  spec.help = variant.help;
  if (!variant.value_name.empty()) spec.value_name = variant.value_name;
  if (!variant.range.empty()) spec.range = variant.range;
  if (variant.path != PathKind::none) spec.use.path = variant.path;
  return spec;
}

std::vector<OptionSpec> make_table() {
  std::vector<OptionSpec> table;
  for (const OptionGroup& group :
       {factorization_options(), spectrogram_options(), input_options(), score_options(),
        part_options(), output_options(), running_options()}) {
    for (const OptionRow& row : group.rows) {
      if (row.variants.empty()) table.push_back(spec_of(group, row));
      for (const OptionVariant& variant : row.variants) {
        table.push_back(spec_of(group, row, variant));
      }
    }
  }
  return table;
}

}  // namespace

std::span<const OptionSpec> option_table() {
  static const std::vector<OptionSpec> table = make_table();
  return table;
}

std::vector<const OptionSpec*> options_of(Command command) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& spec : option_table()) {
    if (spec.use.commands.contains(command)) options.push_back(&spec);
  }
  return options;
}

const OptionSpec* find_option(std::string_view name, Command command) {
  const auto table = option_table();
  const auto found = std::find_if(table.begin(), table.end(), [&](const OptionSpec& spec) {
    return spec.name == name && spec.use.commands.contains(command);
  });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace partwise
