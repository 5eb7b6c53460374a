#pragma once
#include <partwise/decompose.hpp>
#include <partwise/npz.hpp>
#include <string>
#include <vector>

namespace partwise {

/// The arrays of factors.npz: W, H, frequencies_hz, times_s, objective, sample_rate_hz, n_fft,
/// hop_length.
[[nodiscard]] std::vector<NpzArray> factors_arrays(const Analysis& analysis);

/// W, H and the objective of a factors.npz. Throws Error(cannot_read), Error(malformed).
void read_stored_factors(const std::string& path, Factors<float>& factors,
                         std::vector<double>& objective);

/// The refinement of a run with --method drums. Throws Error(cannot_read), Error(malformed).
[[nodiscard]] PartRefinement read_stored_refinement(const std::string& path);

}  // namespace partwise
