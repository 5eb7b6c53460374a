#pragma once
#include <partwise/decompose.hpp>
#include <vector>

namespace partwise {

/// Component order[i] becomes number i, with its description where there is one.
void put_in_order(const std::vector<Index>& order, Analysis& analysis);

/// Describes the components and numbers them as options.sort says.
void sort_components(Analysis& analysis);

}  // namespace partwise
