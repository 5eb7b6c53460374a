#pragma once
#include <nmf/accelerated_run.hpp>

namespace partwise::nmf {

/// H for all frames of the problem from `coarse`: its W, and its H for every `ratio`-th frame. New
/// frames start between their neighbours; multiplicative losses then update H alone, on bands of
/// bins first if asked.
template <class T>
[[nodiscard]] Matrix<T> new_activations(const Problem<T>& problem, const Factors<T>& coarse,
                                        Index ratio, bool use_bands);

}  // namespace partwise::nmf
