#pragma once
#include <nmf/frame_pass.hpp>
#include <nmf/loss.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <vector>

namespace partwise::nmf {

/// Updates W [F x K] in place from the sums that a pass left, by the loss's rule; columns k with
/// fixed[k] stay. Returns the sum of |projected gradient| for cd, else 0. `zero_below`: an updated
/// value below this becomes 0.
template <class T>
double update_w(Matrix<T>& w, const PassSums& sums, const Loss& loss,
                const std::vector<bool>& fixed, double zero_below, Reducer& reducer);

}  // namespace partwise::nmf
