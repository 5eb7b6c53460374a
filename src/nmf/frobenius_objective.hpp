#pragma once
#include <nmf/pass_sums.hpp>
#include <optional>
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// ||V - W H||^2 / 2 from the sums that a pass left with this H: (||V||^2 - 2 <V H', W> + <H H',
/// W'W>) / 2. Nothing where what is left is so small that the sums' rounding shows.
template <class T>
[[nodiscard]] std::optional<double> frobenius_objective(const PassSums& sums, const Matrix<T>& w,
                                                        double data_squares);

}  // namespace partwise::nmf
