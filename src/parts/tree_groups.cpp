#include <algorithm>
#include <cmath>
#include <numeric>
#include <partwise/error.hpp>
#include <partwise/parts.hpp>
#include <string>
#include <utility>

namespace partwise {
namespace {

using Group = std::vector<Index>;

/// The tree as far as it concerns some components: nodes without any of them are empty.
class TreeOfGroup {
 public:
  TreeOfGroup(const std::vector<Merge>& tree, Index num_components, const Group& group)
      : tree_(tree), nodes_(static_cast<std::size_t>(num_components) + tree.size()) {
    for (const Index k : group) nodes_[k] = {k};
  }

  /// Calls on_merge(merge, components of the one, of the other) where both have some, until it says
  /// false.
  template <class OnMerge>
  void climb(const OnMerge& on_merge) {
    const std::size_t leaves = nodes_.size() - tree_.size();
    for (std::size_t i = 0; i < tree_.size(); ++i) {
      Group &a = nodes_[tree_[i].first], &b = nodes_[tree_[i].second];
      if (!a.empty() && !b.empty() && !on_merge(tree_[i], a, b)) return;
      Group& joined = nodes_[leaves + i];
      joined = std::move(a);
      joined.insert(joined.end(), b.begin(), b.end());
      a.clear();
      b.clear();
    }
  }

  [[nodiscard]] PartGroups groups() const {
    PartGroups out;
    for (const Group& node : nodes_) {
      if (node.empty()) continue;
      out.push_back(node);
      std::sort(out.back().begin(), out.back().end());
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  const std::vector<Merge>& tree_;
  std::vector<Group> nodes_;
};

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

}  // namespace

PartGroups split_group(const std::vector<Merge>& tree, Index num_components, const Group& group,
                       Index count) {
  const auto size = static_cast<Index>(group.size());
  if (count < 1 || count > size) {
    throw bad_argument("parts", count,
                       "1.." + std::to_string(size) + " (so many components there are)");
  }
  TreeOfGroup nodes(tree, num_components, group);
  Index left = size - count;
  nodes.climb([&](const Merge&, const Group&, const Group&) { return left-- > 0; });
  return nodes.groups();
}

PartGroups cut_tree(const std::vector<Merge>& tree, Index num_components, Index num_parts) {
  Group all(static_cast<std::size_t>(num_components));
  std::iota(all.begin(), all.end(), Index{0});
  return split_group(tree, num_components, all, num_parts);
}

std::vector<double> part_confidence(const std::vector<Merge>& tree,
                                    const std::vector<double>& energies, const PartGroups& groups) {
  const auto energy_of = [&](const Group& group) {
    double sum = 0;
    for (const Index k : group) sum += energies[k];
    return sum;
  };
  std::vector<double> out;
  for (const Group& group : groups) {
    double weights = 0, sum = 0;
    TreeOfGroup(tree, static_cast<Index>(energies.size()), group)
        .climb([&](const Merge& merge, const Group& a, const Group& b) {
          const double weight = std::min(energy_of(a), energy_of(b));
          weights += weight;
          sum += weight * probability(merge.log_odds);
          return true;
        });
    out.push_back(weights > 0 ? sum / weights : 1);
  }
  return out;
}

}  // namespace partwise
