#pragma once
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <span>
#include <vector>

namespace partwise {

/// All channels as they are, or, for `num_channels` = 1 of several, their mean.
[[nodiscard]] Matrix<float> mixed_to(MatrixView<const float> samples, Index num_channels);

/// The power of two that brings samples of this peak into [-1, 1].
[[nodiscard]] double page_scale(double peak);

/// The samples divided by the scale, on the grid of 16 bits.
[[nodiscard]] Matrix<float> on_page_grid(MatrixView<const float> samples, double scale);

/// The parts divided by the scale and rounded to the grid of 16 bits so that their sum is the
/// rounded sum: what one hears adds up to the recording to the last bit, where the parts
/// themselves do. All of the same shape.
[[nodiscard]] std::vector<Matrix<float>> parts_on_page_grid(
    std::span<const MatrixView<const float>> parts, double scale, Reducer& reducer);

}  // namespace partwise
