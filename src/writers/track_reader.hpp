#pragma once
#include <partwise/matrix.hpp>
#include <writers/output.hpp>

namespace partwise {

/// Samples [first, first + count) [count x channels] of a track, read back from its file, which is
/// complete. For stretches that were not yet known to be wanted when they passed by.
[[nodiscard]] Matrix<float> read_track(const RunContext& context, const RunTrack& track,
                                       Index first, Index count);

}  // namespace partwise
