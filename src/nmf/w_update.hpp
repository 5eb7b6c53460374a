#pragma once
#include <nmf/pass_sums.hpp>
#include <nmf/problem.hpp>
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// Updates W [F x K] in place from the sums that a pass left, by the loss's rule; columns k with
/// fixed[k] stay. Returns the sum of |projected gradient| for cd, else 0. `exponent` is the power
/// of multiplicative updates, whose results below `zero_below` become 0.
template <class T>
double update_w(Matrix<T>& w, const PassSums& sums, const Problem<T>& problem, double exponent,
                double zero_below);

}  // namespace partwise::nmf
