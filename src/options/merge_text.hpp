#pragma once
#include <partwise/run_options.hpp>
#include <partwise/separate.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// What --merge may be, in words.
inline constexpr std::string_view kMergeText =
    "numbers of parts, each once, with + between those of one part and commas between parts";

/// "0+3,1+2": which components become one part. Throws Error(usage); that each number is a
/// component is part_groups()' business.
[[nodiscard]] PartGroups parse_merge(std::string_view option, std::string_view value);

/// The text that parse_merge() reads as `groups`.
[[nodiscard]] std::string merge_text(const PartGroups& groups);

/// What --split may be, in words.
inline constexpr std::string_view kSplitText =
    "numbers of parts, each once, with commas between them; behind one : and 2..1024";

/// "3" takes part 3 apart into two, "3:4" into four, "3,5:3" two parts. Throws Error(usage).
[[nodiscard]] std::vector<PartSplit> parse_split(std::string_view option, std::string_view value);

/// The text that parse_split() reads as `splits`.
[[nodiscard]] std::string split_text(const std::vector<PartSplit>& splits);

}  // namespace partwise
