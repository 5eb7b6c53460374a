#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

constexpr double kLeastShare = 1e-3;  // what is smaller is swallowed no more eagerly

struct Pair {
  Index first = 0;
  Index second = 0;
};

/// The nodes that are left, in slots: the first of two that merge keeps the new one.
class Clusters {
 public:
  Clusters(MatrixView<const double> log_odds, std::vector<double> energies, Index num_parts)
      : z_(log_odds.rows, log_odds.cols),
        energies_(std::move(energies)),
        total_(std::accumulate(energies_.begin(), energies_.end(), 0.0)),
        num_parts_(static_cast<double>(num_parts)) {
    for (Index c = 0; c < z_.cols(); ++c) {
      std::copy_n(log_odds.column(c), z_.rows(), z_.column(c));
      slots_.push_back(c);
      nodes_.push_back(c);
      cost_.push_back(cost_of(energies_[c]));
    }
  }

  /// The slots to join; the earlier ones of equals.
  [[nodiscard]] Pair best() const {
    Pair out;
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      for (std::size_t j = i + 1; j < slots_.size(); ++j) {
        const Index a = slots_[i], b = slots_[j];
        const double gain = z_(b, a) - std::min(cost_[a], cost_[b]);
        if (gain > largest) {
          largest = gain;
          out = {a, b};
        }
      }
    }
    return out;
  }

  Merge join(const Pair& pair, Index new_node) {
    const auto [a, b] = pair;
    const Merge out{std::min(nodes_[a], nodes_[b]), std::max(nodes_[a], nodes_[b]), z_(a, b)};
    const double both = energies_[a] + energies_[b];
    const double share = both > 0 ? energies_[a] / both : 0.5;  // of two that are silent
    for (const Index c : slots_) z_(a, c) = z_(c, a) = share * z_(a, c) + (1 - share) * z_(b, c);
    energies_[a] = both;
    cost_[a] = cost_of(both);
    nodes_[a] = new_node;
    slots_.erase(std::find(slots_.begin(), slots_.end(), b));
    return out;
  }

 private:
  [[nodiscard]] double cost_of(double energy) const {
    const double share = total_ > 0 ? energy / total_ : 0;
    return std::log(num_parts_ * share + kLeastShare);
  }

  Matrix<double> z_;
  std::vector<double> energies_;
  double total_;
  double num_parts_;
  std::vector<Index> slots_;  // ascending
  std::vector<Index> nodes_;
  std::vector<double>
      cost_;  // the logarithm grows with the energy, so the smaller one's is the min
};

}  // namespace

std::vector<Merge> merge_tree(MatrixView<const double> log_odds,
                              const std::vector<double>& energies, Index num_parts) {
  const Index count = log_odds.rows;
  Clusters clusters(log_odds, energies, num_parts);
  std::vector<Merge> tree;
  for (Index node = count; node < 2 * count - 1; ++node) {
    tree.push_back(clusters.join(clusters.best(), node));
  }
  return tree;
}

}  // namespace partwise
