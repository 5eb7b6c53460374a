#include <algorithm>
#include <charconv>
#include <optional>
#include <options/name_list.hpp>
#include <options/option_parsing.hpp>
#include <parts/describe_parts.hpp>
#include <run/select_parts.hpp>
#include <string>
#include <utility>
#include <writers/part_names.hpp>

namespace partwise {
namespace {

/// A part and what it is called.
struct NamedGroup {
  std::vector<Index> components;
  PartName name;
};

std::optional<Index> number_in(std::string_view text) {
  Index number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

[[noreturn]] void refuse_part(const RunOptions& options, const std::string& expected) {
  refuse("only", names_text(options.only), expected);
}

std::string parts_there(const std::vector<PartName>& names) {
  std::string text = "names or numbers of parts, 0.." + std::to_string(names.size() - 1);
  std::string listed;
  for (const PartName& part : names) listed += (listed.empty() ? " (" : ", ") + part.name;
  constexpr std::size_t kMostListed = 200;  // bytes: the line stays one that can be read
  return listed.size() < kMostListed ? text + listed + ")" : text;
}

/// The part of that name, else of that number.
Index part_called(const std::string& text, const std::vector<PartName>& names,
                  const RunOptions& options) {
  const auto named = std::find_if(names.begin(), names.end(),
                                  [&](const PartName& part) { return part.name == text; });
  if (named != names.end()) return named - names.begin();
  const auto number = number_in(text);
  if (!number || *number >= static_cast<Index>(names.size()))
    refuse_part(options, parts_there(names));
  return *number;
}

/// Which parts are kept.
std::vector<bool> kept_parts(const RunOptions& options, const std::vector<PartName>& names) {
  std::vector<bool> kept(names.size());
  for (const std::string& text : options.only) {
    const Index part = part_called(text, names, options);
    if (kept[part]) refuse_part(options, "each part once");
    kept[part] = true;
  }
  return kept;
}

std::vector<NamedGroup> selected(const PartGroups& groups, const std::vector<PartName>& names,
                                 const std::vector<bool>& kept) {
  std::vector<NamedGroup> out;
  NamedGroup rest{{}, {"rest", "rest"}};
  for (std::size_t part = 0; part < groups.size(); ++part) {
    if (kept[part]) {
      out.push_back({groups[part], names[part]});
    } else {
      rest.components.insert(rest.components.end(), groups[part].begin(), groups[part].end());
    }
  }
  std::sort(rest.components.begin(), rest.components.end());
  if (!rest.components.empty()) out.push_back(std::move(rest));
  // As part_groups() orders them.
  std::sort(out.begin(), out.end(),
            [](const NamedGroup& a, const NamedGroup& b) { return a.components < b.components; });
  return out;
}

}  // namespace

void check_selection(const RunOptions& options) {
  const Index num_parts = expected_parts(options.analysis);
  std::vector<std::string> seen;
  for (const std::string& text : options.only) {
    if (std::find(seen.begin(), seen.end(), text) != seen.end())
      refuse_part(options, "each part once");
    seen.push_back(text);
    if (std::find(options.names.begin(), options.names.end(), text) != options.names.end())
      continue;
    const auto number = number_in(text);
    const bool may_be_found = !number && options.analysis.parts.wanted();
    if (may_be_found || (number && *number < num_parts)) continue;
    const bool is_own_name = !number && text.starts_with("part-");
    if (!is_own_name) refuse_part(options, parts_there(part_names(num_parts, options.names)));
  }
}

void select_parts(const RunOptions& options, Analysis& analysis) {
  if (options.only.empty()) return;
  const PartGroups groups = part_groups(analysis.options.separate.groups, analysis.w.cols());
  const auto names =
      part_names(static_cast<Index>(groups.size()), options.names, analysis.parts.names);
  PartGroups kept;
  analysis.part_names.clear();
  for (NamedGroup& group : selected(groups, names, kept_parts(options, names))) {
    kept.push_back(std::move(group.components));
    analysis.part_names.push_back(std::move(group.name));
  }
  analysis.options.separate.groups = kept;
  if (!analysis.parts.gathered()) return;
  PartRefinement refinement = std::move(analysis.parts.refinement);
  analysis.before_selection = analysis.parts;
  analysis.parts.refinement = std::move(refinement);
  analysis.parts.groups = kept;
  parts::tell_of_groups(analysis.w, analysis.h, analysis.components, analysis.bin_hz(),
                        analysis.parts);
}

}  // namespace partwise
