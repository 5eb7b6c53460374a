#pragma once
// Peaks of curves over time.
#include <partwise/index.hpp>
#include <span>
#include <vector>

namespace partwise {

/// Divides by the mean of the 3rd to 8th largest local maxima, so that neither one loud hit nor the
/// number of hits decides; of fewer than eight, by the mean of the larger half. Zeros stay zeros.
void normalise_by_peaks(std::vector<double>& curve);

/// Frames in which `score`, normalised, has an event.
[[nodiscard]] std::vector<Index> pick_events(const std::vector<double>& score,
                                             double frame_seconds);

/// Where `envelope` rises most, in cells of [first, end), clamped to what there is.
[[nodiscard]] Index steepest_cell(std::span<const float> envelope, Index first, Index end);

}  // namespace partwise
