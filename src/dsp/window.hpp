#pragma once
#include <partwise/stft.hpp>
#include <span>

namespace partwise {

/// window_sum_square() for a caller that already has the squares of hann_window(n_fft).
void add_window_squares(std::span<const double> squares, Index hop_length, Index num_frames,
                        Index first, std::span<double> out);

}  // namespace partwise
