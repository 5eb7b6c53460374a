#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <partwise/evaluate.hpp>

namespace partwise {
namespace {

constexpr double kMostTried = 50'000;
// What is gained by less is an accident of rounding.
constexpr double kLeastGain = 1e-12;

/// J(a) = sum_i ||s_i - sum_{a(j)=i} c_j||^2 / ||s_i||^2 but for its constant, over the references
/// that are not silent.
class Objective {
 public:
  explicit Objective(const SignalSums& sums) : sums_(sums) {
    for (Index i = 0; i < sums.num_references(); ++i) {
      const double energy = sums.product(i, i);
      if (!(energy > 0)) continue;
      references_.push_back(i);
      weights_.push_back(1 / energy);
    }
  }

  [[nodiscard]] Index num_references() const { return static_cast<Index>(references_.size()); }
  [[nodiscard]] Index num_parts() const { return sums_.num_parts(); }
  [[nodiscard]] Index reference(Index i) const { return references_[i]; }
  [[nodiscard]] double weight(Index i) const { return weights_[i]; }
  [[nodiscard]] double own(Index j) const { return parts(j, j); }
  [[nodiscard]] double parts(Index j, Index k) const {
    return sums_.product(sums_.part(j), sums_.part(k));
  }
  [[nodiscard]] double with_reference(Index j, Index i) const {
    return sums_.product(references_[i], sums_.part(j));
  }
  /// What J gains or loses with part j in source i, whose other parts have the product `shared`
  /// with it.
  [[nodiscard]] double cost(Index j, Index i, double shared) const {
    return weights_[i] * (own(j) + 2 * shared - 2 * with_reference(j, i));
  }

 private:
  const SignalSums& sums_;
  std::vector<Index> references_;
  std::vector<double> weights_;
};

/// Every assignment, the first of equals.
class Exhaustion {
 public:
  explicit Exhaustion(const Objective& objective)
      : objective_(objective),
        needs_all_(objective.num_parts() >= objective.num_references()),
        current_(static_cast<std::size_t>(objective.num_parts())),
        counts_(static_cast<std::size_t>(objective.num_references())) {}

  Assignment run() {
    try_part(0, 0, 0);
    return best_;
  }

 private:
  void try_part(Index j, double value, Index sources_used) {
    const Index left = objective_.num_parts() - j;
    if (needs_all_ && objective_.num_references() - sources_used > left) return;
    if (left == 0) {
      if (value < best_value_) {
        best_value_ = value;
        best_ = current_;
      }
      return;
    }
    for (Index i = 0; i < objective_.num_references(); ++i) {
      double shared = 0;
      for (Index k = 0; k < j; ++k) {
        if (current_[k] == i) shared += objective_.parts(j, k);
      }
      current_[j] = i;
      const bool is_new = counts_[i]++ == 0;
      try_part(j + 1, value + objective_.cost(j, i, shared), sources_used + (is_new ? 1 : 0));
      --counts_[i];
    }
  }

  const Objective& objective_;
  bool needs_all_;
  Assignment current_, best_;
  std::vector<Index> counts_;
  double best_value_ = std::numeric_limits<double>::infinity();
};

/// The best single move, or else the best swap, until there is none.
class Descent {
 public:
  explicit Descent(const Objective& objective)
      : objective_(objective),
        needs_all_(objective.num_parts() >= objective.num_references()),
        source_(static_cast<std::size_t>(objective.num_parts())),
        counts_(static_cast<std::size_t>(objective.num_references())),
        shared_(objective.num_parts(), objective.num_references()) {
    start();
    if (needs_all_) fill_empty_sources();
    for (Index j = 0; j < objective.num_parts(); ++j) {
      for (Index k = 0; k < objective.num_parts(); ++k) {
        shared_(k, source_[j]) += objective.parts(j, k);
      }
    }
  }

  Assignment run() {
    while (move_best() || swap_best()) {
    }
    return source_;
  }

 private:
  void start() {
    for (Index j = 0; j < objective_.num_parts(); ++j) {
      const auto gain = [&](Index i) {
        return objective_.weight(i) * (objective_.with_reference(j, i) - objective_.own(j) / 2);
      };
      for (Index i = 1; i < objective_.num_references(); ++i) {
        if (gain(i) > gain(source_[j])) source_[j] = i;
      }
      ++counts_[source_[j]];
    }
  }

  void fill_empty_sources() {
    for (Index i = 0; i < objective_.num_references(); ++i) {
      if (counts_[i] > 0) continue;
      Index best = -1;
      for (Index j = 0; j < objective_.num_parts(); ++j) {
        if (counts_[source_[j]] < 2) continue;
        if (best < 0 || objective_.with_reference(j, i) > objective_.with_reference(best, i)) {
          best = j;
        }
      }
      --counts_[source_[best]];
      source_[best] = i;
      ++counts_[i];
    }
  }

  /// What J changes by when j goes to source i; k leaves that one for j's if it is not negative.
  [[nodiscard]] double change(Index j, Index i, Index k = -1) const {
    const Index from = source_[j];
    const double without = shared_(j, from) - objective_.own(j);
    if (k < 0) {
      return objective_.cost(j, i, shared_(j, i)) - objective_.cost(j, from, without);
    }
    const double between = objective_.parts(j, k);
    return objective_.cost(j, i, shared_(j, i) - between) - objective_.cost(j, from, without) +
           objective_.cost(k, from, shared_(k, from) - between) -
           objective_.cost(k, i, shared_(k, i) - objective_.own(k));
  }

  void put(Index j, Index i) {
    for (Index k = 0; k < objective_.num_parts(); ++k) {
      const double product = objective_.parts(j, k);
      shared_(k, source_[j]) -= product;
      shared_(k, i) += product;
    }
    --counts_[source_[j]];
    source_[j] = i;
    ++counts_[i];
  }

  bool move_best() {
    double best = -kLeastGain;
    Index part = -1, source = -1;
    for (Index j = 0; j < objective_.num_parts(); ++j) {
      if (needs_all_ && counts_[source_[j]] == 1) continue;
      for (Index i = 0; i < objective_.num_references(); ++i) {
        if (i == source_[j]) continue;
        const double gain = change(j, i);
        if (gain >= best) continue;
        best = gain;
        part = j;
        source = i;
      }
    }
    if (part >= 0) put(part, source);
    return part >= 0;
  }

  bool swap_best() {
    double best = -kLeastGain;
    Index first = -1, second = -1;
    for (Index j = 0; j < objective_.num_parts(); ++j) {
      for (Index k = 0; k < j; ++k) {
        if (source_[j] == source_[k]) continue;
        const double gain = change(j, source_[k], k);
        if (gain >= best) continue;
        best = gain;
        first = j;
        second = k;
      }
    }
    if (first < 0) return false;
    const Index from = source_[first], to = source_[second];
    put(first, to);
    put(second, from);
    return true;
  }

  const Objective& objective_;
  bool needs_all_;
  Assignment source_;
  std::vector<Index> counts_;
  Matrix<double> shared_;  ///< product of part j with the sum of source i's parts
};

}  // namespace

Assignment group_by_oracle(const SignalSums& sums) {
  const Objective objective(sums);
  if (objective.num_references() == 0) {
    return Assignment(static_cast<std::size_t>(sums.num_parts()), kNoSource);
  }
  const double assignments = std::pow(static_cast<double>(objective.num_references()),
                                      static_cast<double>(objective.num_parts()));
  Assignment out =
      assignments <= kMostTried ? Exhaustion(objective).run() : Descent(objective).run();
  for (Index& source : out) source = objective.reference(source);
  return out;
}

}  // namespace partwise
