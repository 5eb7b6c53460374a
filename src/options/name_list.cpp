#include <options/name_list.hpp>
#include <options/option_parsing.hpp>
#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <partwise/run_options.hpp>

namespace partwise {
namespace {

constexpr std::size_t kMostNameBytes = 64;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<std::string> parse_names(std::string_view option, std::string_view value,
                                     std::string_view range) {
  std::vector<std::string> names;
  for (std::string_view rest = value;;) {
    const auto comma = rest.find(',');
    const std::string_view name = trimmed(rest.substr(0, comma));
    if (name.empty() || name.size() > kMostNameBytes || display_text(name) != name) {
      refuse(option, value, range);
    }
    names.emplace_back(name);
    if (comma == std::string_view::npos) return names;
    rest.remove_prefix(comma + 1);
  }
}

std::string names_text(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ",") + name;
  return out;
}

void check_names(const std::vector<std::string>& names, Index num_parts) {
  if (static_cast<Index>(names.size()) <= num_parts) return;
  refuse("names", names_text(names),
         "at most " + json_integer(num_parts) + (num_parts == 1 ? " name" : " names") +
             ", one a part");
}

}  // namespace partwise
