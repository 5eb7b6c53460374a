#pragma once
#include <cstdint>
#include <nmf/accelerated_run.hpp>
#include <optional>

namespace partwise::nmf {

/// The strides between the frames that W is learned from before all are used, falling, and whether
/// it is learned from bands of bins first. Both empty: the data are too small to be worth it.
struct CoarsePlan {
  std::vector<Index> strides;
  bool bands = false;
  [[nodiscard]] Index coarsest() const { return strides.empty() ? 1 : strides.front(); }
  [[nodiscard]] bool empty() const { return strides.empty() && !bands; }
};

[[nodiscard]] CoarsePlan plan_coarse(Index bins, Index frames, Index num_components,
                                     const Loss& loss, const std::vector<bool>& fixed_columns);

/// Random starts beside the one there is: where one ends is chance, and on the coarsest frames
/// trying others costs next to nothing.
struct MoreStarts {
  std::uint32_t seed = 0;
  Index count = 0;
};

/// W learned on bands of bins, then on every few frames of all bins, from `start`; H for all
/// frames. Where there are strides, from the start that leads lowest on the coarsest frames, of
/// `start` and so many random ones. Nothing if it was interrupted.
template <class T>
[[nodiscard]] std::optional<Factors<T>> learn_coarsely(const Problem<T>& problem,
                                                       const CoarsePlan& plan,
                                                       const Factors<T>& start,
                                                       const MoreStarts& more = {});

}  // namespace partwise::nmf
