#include <algorithm>
#include <partwise/option_names.hpp>

namespace partwise {
namespace {

bool are_same_name(std::string_view option, std::string_view field) {
  return std::ranges::equal(option, field,
                            [](char a, char b) { return a == b || (a == '-' && b == '_'); });
}

}  // namespace

const OptionSpec* find_option_by_field(std::string_view field) {
  for (const OptionSpec& spec : option_table()) {
    if (spec.field == field || are_same_name(spec.name, field)) return &spec;
  }
  return nullptr;
}

std::string flag_of(std::string_view field) {
  const OptionSpec* spec = find_option_by_field(field);
  return spec == nullptr ? std::string(field) : "--" + std::string(spec->name);
}

Message help_of(const OptionSpec& spec) {
  Message out;
  for (std::string_view rest = spec.help; !rest.empty();) {
    const auto open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = rest.find('}', open);
    out += OptionName(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string python_name_of(std::string_view field) {
  const OptionSpec* spec = find_option_by_field(field);
  return spec == nullptr ? std::string(field) : spec->python_name;
}

}  // namespace partwise
