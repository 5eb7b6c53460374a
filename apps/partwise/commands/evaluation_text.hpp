#pragma once
#include <partwise/evaluate_folders.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// An item as a table: a line for each source, their mean, and what else there is to say.
[[nodiscard]] std::string item_text(const EvaluatedItem& item, std::size_t columns, bool colour);

/// Several items: a line for each, the worst first, and their means with intervals.
[[nodiscard]] std::string items_text(std::vector<EvaluatedItem> items, std::size_t columns,
                                     bool colour);

}  // namespace partwise::program
