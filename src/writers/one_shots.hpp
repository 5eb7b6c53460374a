#pragma once
#include <partwise/events.hpp>
#include <vector>

namespace partwise {

/// A hit that stands for a drum-like part.
struct OneShot {
  Index part = 0;
  Index first_sample = 0;  ///< 2 ms before the onset, or the recording's first
  Index num_samples = 0;
};

/// For every drum-like part its cleanest hit: the one whose root of the strength, over 1 plus the
/// strengths of other parts' events that begin while it sounds (twice in its first 100 ms), is
/// largest. It lasts twice as long as it takes to fall by 20 dB, 2 s at most, and ends before the
/// part's next hit. `num_samples` and rate are the recording's.
[[nodiscard]] std::vector<OneShot> choose_one_shots(const std::vector<PartEvents>& events,
                                                    Index num_samples, double sample_rate_hz);

}  // namespace partwise
