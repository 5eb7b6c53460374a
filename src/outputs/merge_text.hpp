#pragma once
#include <partwise/separate.hpp>
#include <string>
#include <string_view>

namespace partwise {

/// What --merge may be, in words.
inline constexpr std::string_view kMergeText =
    "numbers of parts, each once, with + between those of one part and commas between parts";

/// "0+3,1+2": which components become one part. Throws Error(usage); that each number is a
/// component is part_groups()' business.
[[nodiscard]] PartGroups parse_merge(std::string_view option, std::string_view value);

/// The text that parse_merge() reads as `groups`.
[[nodiscard]] std::string merge_text(const PartGroups& groups);

}  // namespace partwise
