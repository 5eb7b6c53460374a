#pragma once
#include <partwise/decompose.hpp>
#include <partwise/npz.hpp>
#include <vector>

namespace partwise {

/// The arrays of factors.npz: W, H, frequencies_hz, times_s, objective, sample_rate_hz, n_fft,
/// hop_length.
[[nodiscard]] std::vector<NpzArray> factors_arrays(const Analysis& analysis);

}  // namespace partwise
