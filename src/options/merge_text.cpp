#include <options/merge_text.hpp>
#include <options/option_parsing.hpp>
#include <set>

namespace partwise {
namespace {

constexpr Range<Index> kNumbers{0, kComponentsRange.max - 1};
constexpr Range<Index> kPieces{2, kGatheredComponentsRange.max};

std::optional<Index> read_within(std::string_view text, const Range<Index>& range) {
  const auto number = read_integer(text);
  return number && range.contains(*number) ? number : std::nullopt;
}

/// Takes what stands before the first `mark` off `text`; nothing is left behind the last.
std::string_view take_until(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

}  // namespace

PartGroups parse_merge(std::string_view option, std::string_view value) {
  PartGroups groups;
  std::set<std::int64_t> seen;
  if (value.empty() || value.ends_with(',')) refuse(option, value, kMergeText);
  for (std::string_view rest = value; !rest.empty();) {
    std::string_view group = take_until(rest, ',');
    if (group.empty() || group.ends_with('+')) refuse(option, value, kMergeText);
    groups.emplace_back();
    while (!group.empty()) {
      const std::string_view digits = take_until(group, '+');
      const auto number = read_within(digits, kNumbers);
      if (!number || !seen.insert(*number).second) refuse(option, value, kMergeText);
      groups.back().push_back(*number);
    }
  }
  return groups;
}

std::string merge_text(const PartGroups& groups) {
  std::string out;
  for (const auto& group : groups) {
    if (!out.empty()) out += ',';
    for (std::size_t i = 0; i < group.size(); ++i) {
      out += (i == 0 ? "" : "+") + std::to_string(group[i]);
    }
  }
  return out;
}

std::vector<PartSplit> parse_split(std::string_view option, std::string_view value) {
  std::vector<PartSplit> splits;
  std::set<std::int64_t> seen;
  if (value.empty() || value.ends_with(',')) refuse(option, value, kSplitText);
  for (std::string_view rest = value; !rest.empty();) {
    std::string_view pieces = take_until(rest, ',');
    const bool has_count = pieces.find(':') != std::string_view::npos;
    const std::string_view part = take_until(pieces, ':');
    const auto number = read_within(part, kNumbers);
    const auto count = has_count ? read_within(pieces, kPieces) : PartSplit().count;
    if (!number || !count || !seen.insert(*number).second) refuse(option, value, kSplitText);
    splits.push_back({*number, *count});
  }
  return splits;
}

std::string split_text(const std::vector<PartSplit>& splits) {
  constexpr Index kTwo = PartSplit().count;
  std::string out;
  for (const PartSplit& split : splits) {
    out += (out.empty() ? "" : ",") + std::to_string(split.part);
    if (split.count != kTwo) out += ":" + std::to_string(split.count);
  }
  return out;
}

}  // namespace partwise
