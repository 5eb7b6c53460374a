#pragma once
// What a part's mean spectrum says about it.
#include <partwise/events.hpp>
#include <span>
#include <vector>

namespace partwise {

/// The median of the bins within 100 Hz on either side, fewer at the ends.
[[nodiscard]] std::vector<float> local_medians(std::span<const float> spectrum, double bin_hz);

/// The share of the amplitude in bins that exceed three times their local median.
[[nodiscard]] double tone_share(std::span<const float> spectrum, double bin_hz);

/// Amplitudes [F] of component k: W_k, or its root where W H models power.
[[nodiscard]] std::vector<float> template_amplitudes(const EventModel& model, Index k);

/// Amplitudes of the whole part, each template counting as much as it sounds.
[[nodiscard]] std::vector<float> part_amplitudes(const EventModel& model,
                                                 const std::vector<Index>& group);

/// General MIDI percussion keys that suit a hit of this spectrum, the most suitable first.
[[nodiscard]] std::vector<int> drum_keys(std::span<const float> spectrum, double bin_hz);

}  // namespace partwise
