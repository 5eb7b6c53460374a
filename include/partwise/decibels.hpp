#pragma once
#include <partwise/matrix.hpp>

namespace partwise {

/// How amplitudes become decibels (librosa's amplitude_to_db).
struct DecibelOptions {
  double reference = 1.0;         ///< the amplitude that is 0 dB, (0, inf)
  double floor_amplitude = 1e-5;  ///< smaller amplitudes count as this one, (0, inf)
  double range_db = 80.0;         ///< nothing lies lower than the peak minus this; inf: no limit
};

/// 20 log10(max(floor, |a|)) - 20 log10(max(floor, reference)), then not below the peak of the
/// whole matrix minus range_db. Same shape as `amplitude`. Throws Error(usage) on options out of
/// range.
[[nodiscard]] Matrix<float> amplitude_to_db(MatrixView<const float> amplitude,
                                            const DecibelOptions& options = {});

}  // namespace partwise
