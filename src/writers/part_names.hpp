#pragma once
#include <partwise/decompose.hpp>
#include <partwise/index.hpp>
#include <string>
#include <vector>

namespace partwise {

/// "part-00": at least two digits, more for more than a hundred parts.
[[nodiscard]] std::string part_name(Index part, Index num_parts);

/// All parts, the first names.size() of them named by somebody, the others by what was found of
/// them
/// (`found` is empty, or has a name for each). A stem is part_name(), and behind a dash what
/// of the name fits [a-z0-9-]: letters small, one dash for a run of anything else, none at the
/// ends, at most 40 bytes. The number in front keeps stems apart.
[[nodiscard]] std::vector<PartName> part_names(Index num_parts,
                                               const std::vector<std::string>& names,
                                               const std::vector<std::string>& found = {});

/// What the parts of an analysis are called: as a selection left them, else by part_names().
[[nodiscard]] std::vector<PartName> names_of_parts(const Analysis& analysis, Index num_parts,
                                                   const std::vector<std::string>& names);

}  // namespace partwise
