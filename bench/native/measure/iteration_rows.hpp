#pragma once
#include <measure/machine_limits.hpp>
#include <partwise/index.hpp>
#include <string>
#include <vector>

namespace partwise::bench {

/// How long a whole iteration of factorize() takes, and what it cannot be faster than.
struct IterationRow {
  std::string name;  ///< loss and solver
  Index frames = 0;
  Index components = 0;
  double seconds = 0;          ///< median
  double memory_bound_s = 0;   ///< to read V once, at the rate measured for V's size
  double compute_bound_s = 0;  ///< the arithmetic at the measured peaks
  [[nodiscard]] double bound_s() const {
    return memory_bound_s > compute_bound_s ? memory_bound_s : compute_bound_s;
  }
};

/// Frobenius by cd, Kullback-Leibler and Itakura-Saito by mu, one thread, on V of `frames` frames.
[[nodiscard]] std::vector<IterationRow> iteration_rows(Index frames,
                                                       const std::vector<Index>& components,
                                                       Index iterations,
                                                       const MachineLimits& limits,
                                                       const TimingPlan& plan);

}  // namespace partwise::bench
