#include <algorithm>
#include <partwise/run_options.hpp>
#include <writers/part_names.hpp>

namespace partwise {
namespace {

// With "part-0000-" before it and ".flac" behind it, far below what a name of a file may have.
constexpr std::size_t kMostSlugBytes = 40;

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

std::vector<PartName> names_of_parts(const Analysis& analysis, Index num_parts,
                                     const std::vector<std::string>& names) {
  if (!analysis.part_names.empty()) return analysis.part_names;
  return part_names(num_parts, names, analysis.parts.names);
}

}  // namespace partwise
