#include <cmath>
#include <parts/describe_parts.hpp>

namespace partwise::parts {

std::vector<ComponentDescription> describe_parts(
    const PartFactors& factors, const PartGroups& groups,
    const std::vector<ComponentDescription>& components, double bin_hz, double frame_seconds) {
  auto out = describe_components(factors.w, factors.h, bin_hz, frame_seconds);
  for (std::size_t part = 0; part < groups.size(); ++part) {
    const auto& group = groups[part];
    if (group.size() == 1) {
      out[part] = components[group.front()];
      continue;
    }
    double share = 0;
    for (const Index k : group) share += components[k].energy_share;
    out[part].energy_share = share;
  }
  return out;
}

void tell_of_groups(MatrixView<const float> w, MatrixView<const float> h,
                    const std::vector<ComponentDescription>& components, double bin_hz,
                    PartsResult& result) {
  std::vector<double> amplitudes;
  for (const auto& component : components) amplitudes.push_back(std::sqrt(component.energy_share));
  result.confidence = part_confidence(result.tree, amplitudes, result.groups);
  result.names = name_parts(w, h, result.groups, bin_hz);
}

}  // namespace partwise::parts
