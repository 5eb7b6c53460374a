#include <algorithm>
#include <outputs/option_parsing.hpp>
#include <outputs/part_names.hpp>
#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <partwise/run_options.hpp>

namespace partwise {
namespace {

constexpr std::size_t kMostNameBytes = 64;
// With "part-0000-" before it and ".flac" behind it, far below what a name of a file may have.
constexpr std::size_t kMostSlugBytes = 40;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string slug_of(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (out.size() == kMostSlugBytes) break;
    if (kept) out += c;
    if (!kept && !out.empty() && out.back() != '-') out += '-';
  }
  if (out.ends_with('-')) out.pop_back();
  return out;
}

}  // namespace

std::string part_name(Index part, Index num_parts) {
  const std::size_t digits = std::max<std::size_t>(2, std::to_string(num_parts - 1).size());
  std::string number = std::to_string(part);
  number.insert(0, digits - std::min(digits, number.size()), '0');
  return "part-" + number;
}

std::vector<PartName> part_names(Index num_parts, const std::vector<std::string>& names,
                                 const std::vector<std::string>& found) {
  check_names(names, num_parts);
  std::vector<PartName> out;
  for (Index k = 0; k < num_parts; ++k) {
    const std::string number = part_name(k, num_parts);
    const bool is_given = k < static_cast<Index>(names.size());
    if (!is_given && found.empty()) {
      out.push_back({number, number});
      continue;
    }
    const std::string& name = is_given ? names[k] : found[k];
    const std::string slug = slug_of(name);
    out.push_back({name, slug.empty() ? number : number + "-" + slug});
  }
  return out;
}

std::vector<std::string> parse_names(std::string_view option, std::string_view value) {
  std::vector<std::string> names;
  for (std::string_view rest = value;;) {
    const auto comma = rest.find(',');
    const std::string_view name = trimmed(rest.substr(0, comma));
    if (name.empty() || name.size() > kMostNameBytes || display_text(name) != name) {
      refuse(option, value, kNamesText);
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
