#pragma once
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise {

/// The matching of rows to columns with the largest sum of values, in which as many as possible are
/// matched: for each row its column, or -1. Time O(n^3).
[[nodiscard]] std::vector<Index> best_matching(const Matrix<double>& values);

}  // namespace partwise
