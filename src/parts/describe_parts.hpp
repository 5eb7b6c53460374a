#pragma once
#include <partwise/describe.hpp>
#include <partwise/parts.hpp>
#include <vector>

namespace partwise::parts {

/// Parts as components are described; a part's share of the energy is the sum of its members'.
[[nodiscard]] std::vector<ComponentDescription> describe_parts(
    const PartFactors& factors, const PartGroups& groups,
    const std::vector<ComponentDescription>& components, double bin_hz, double frame_seconds);

/// Confidence and names of result.groups, from its tree and the components.
void tell_of_groups(MatrixView<const float> w, MatrixView<const float> h,
                    const std::vector<ComponentDescription>& components, double bin_hz,
                    PartsResult& result);

}  // namespace partwise::parts
