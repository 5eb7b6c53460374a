#pragma once
#include <partwise/evaluate.hpp>
#include <span>
#include <vector>

namespace partwise {

/// ||P x||^2 for each signal x, where P projects onto all delays of `references` from 0 to
/// SignalSums::kTaps - 1 (their means over channels). Each x is the sum of some signals of `sums`.
[[nodiscard]] std::vector<double> projected_energies(const SignalSums& sums,
                                                     std::span<const Index> references,
                                                     std::span<const std::vector<Index>> signals);

}  // namespace partwise
