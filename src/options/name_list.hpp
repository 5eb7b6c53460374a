#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// What --names may be, in words.
inline constexpr std::string_view kNamesText = "names of 1..64 bytes with commas between them";

/// The names of a list with commas between them, as they stand there but for blanks around each.
/// Throws Error(usage) for one that is empty, longer than 64 bytes, not UTF-8 or with control
/// characters; `range` says in words what is allowed.
[[nodiscard]] std::vector<std::string> parse_names(std::string_view option, std::string_view value,
                                                   std::string_view range = kNamesText);

/// The text that parse_names() reads as `names`.
[[nodiscard]] std::string names_text(const std::vector<std::string>& names);

}  // namespace partwise
