// The values of options: checked, stored, and as text.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <options/name_list.hpp>
#include <options/option_parsing.hpp>
#include <partwise/option_spec.hpp>
#include <partwise/run_options.hpp>

namespace partwise {
namespace {

[[noreturn]] void refuse_value(const OptionSpec& spec, const OptionValue& value) {
  refuse(spec.name, option_text(value), spec.range.empty() ? "no value" : spec.range);
}

bool has_word(const OptionSpec& spec, std::string_view text) {
  return std::ranges::find(spec.use.words, text) != spec.use.words.end();
}

bool is_file(const OptionSpec& spec, std::string_view text) {
  return !spec.file_suffix.empty() && text.size() > spec.file_suffix.size() &&
         text.ends_with(spec.file_suffix);
}

std::optional<OptionValue> number_within(const OptionSpec& spec, std::optional<double> number) {
  const auto& range = std::get<Range<double>>(spec.limits);
  return number && range.contains(*number) ? std::optional<OptionValue>(*number) : std::nullopt;
}

std::optional<OptionValue> integer_within(const OptionSpec& spec, std::optional<Index> integer) {
  const auto& range = std::get<Range<Index>>(spec.limits);
  return integer && range.contains(*integer) ? std::optional<OptionValue>(*integer) : std::nullopt;
}

/// A number or a word, as the command line has it.
std::optional<OptionValue> value_of_text(const OptionSpec& spec, const std::string& text) {
  if (!spec.not_given.empty() && text == spec.not_given) return OptionValue();
  std::optional<OptionValue> out;
  switch (spec.kind) {
    case OptionKind::flag:
      if (text.empty()) out = true;
      return out;
    case OptionKind::integer:
      out = integer_within(spec, read_integer(text));
      break;
    case OptionKind::number:
      out = number_within(spec, read_number(text));
      break;
    case OptionKind::choice:
      break;
    case OptionKind::text:
      if (!text.empty() || spec.range == kAnyText) out = text;
      return out;
    case OptionKind::names:
      return parse_names(spec.name, text, spec.range);
  }
  if (!out && (has_word(spec, text) || is_file(spec, text))) out = text;
  return out;
}

std::optional<OptionValue> value_of_number(const OptionSpec& spec, double number) {
  if (spec.kind == OptionKind::number) return number_within(spec, number);
  constexpr double kMostExact = 9e15;  // below 2^53
  if (spec.kind != OptionKind::integer || std::trunc(number) != number ||
      !(std::abs(number) < kMostExact)) {
    return std::nullopt;
  }
  return integer_within(spec, static_cast<Index>(number));
}

std::optional<OptionValue> value_of_names(const OptionSpec& spec,
                                          const std::vector<std::string>& names) {
  if (spec.kind != OptionKind::names || names.empty()) return std::nullopt;
  std::vector<std::string> out;
  for (const std::string& name : names) {
    auto parsed = parse_names(spec.name, name, spec.range);
    if (parsed.size() != 1) return std::nullopt;  // a comma would make two of it
    out.push_back(std::move(parsed.front()));
  }
  return out;
}

/// `value` as the option's own type; none where that is not possible.
struct Converted {
  const OptionSpec& spec;

  std::optional<OptionValue> operator()(std::monostate) const { return OptionValue(); }
  std::optional<OptionValue> operator()(bool on) const {
    return spec.kind == OptionKind::flag ? std::optional<OptionValue>(on) : std::nullopt;
  }
  std::optional<OptionValue> operator()(Index integer) const {
    if (spec.kind == OptionKind::integer) return integer_within(spec, integer);
    return value_of_number(spec, static_cast<double>(integer));
  }
  std::optional<OptionValue> operator()(double number) const {
    return value_of_number(spec, number);
  }
  std::optional<OptionValue> operator()(const std::string& text) const {
    return value_of_text(spec, text);
  }
  std::optional<OptionValue> operator()(const std::vector<std::string>& names) const {
    return value_of_names(spec, names);
  }
};

struct Text {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool) const { return ""; }
  std::string operator()(Index value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    char text[32];  // the longest shortest double has 24 characters
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
  }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const std::vector<std::string>& names) const { return names_text(names); }
};

}  // namespace

std::string option_text(const OptionValue& value) { return std::visit(Text(), value); }

OptionValue checked_value(const OptionSpec& spec, const OptionValue& value) {
  std::optional<OptionValue> out = std::visit(Converted{spec}, value);
  if (!out) refuse_value(spec, value);
  return *std::move(out);
}

void set_option(RunOptions& options, const OptionSpec& spec, const OptionValue& value) {
  const OptionValue checked = checked_value(spec, value);
  const bool nothing = std::holds_alternative<std::monostate>(checked);
  if (!nothing || !spec.not_given.empty()) spec.set(options, checked);
}

}  // namespace partwise
