#include <algorithm>
#include <partwise/error.hpp>
#include <partwise/separate.hpp>
#include <string>

namespace partwise {
namespace {

Error bad_component(Index component, const std::string& expected) {
  return bad_argument("groups", "component " + std::to_string(component), expected);
}

}  // namespace

PartGroups part_groups(const PartGroups& groups, Index num_components) {
  std::vector<bool> taken(static_cast<std::size_t>(num_components));
  PartGroups out;
  for (const auto& group : groups) {
    if (group.empty()) {
      throw bad_argument("groups", "one of 0 components", "1 or more");
    }
    for (const Index k : group) {
      if (k < 0 || k >= num_components) {
        throw bad_component(k, "0.." + std::to_string(num_components - 1));
      }
      if (taken[k]) throw bad_component(k, "each component once");
      taken[k] = true;
    }
    out.push_back(group);
    std::sort(out.back().begin(), out.back().end());
  }
  for (Index k = 0; k < num_components; ++k) {
    if (!taken[k]) out.push_back({k});
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace partwise
