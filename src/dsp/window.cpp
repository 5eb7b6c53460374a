#include <algorithm>
#include <cmath>
#include <dsp/window.hpp>
#include <numbers>
#include <partwise/stft.hpp>

namespace partwise {

std::vector<double> hann_window(Index n) {
  // From -pi upwards as scipy does it: 0.5 - 0.5 cos(2 pi i / n) differs in the last bit of some
  // values.
  const double step = 2 * std::numbers::pi / static_cast<double>(n);
  std::vector<double> window;
  window.reserve(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) {
    window.push_back(0.5 + 0.5 * std::cos(static_cast<double>(i) * step - std::numbers::pi));
  }
  return window;
}

void add_window_squares(std::span<const double> squares, Index hop_length, Index num_frames,
                        Index first, std::span<double> out) {
  const auto n = static_cast<Index>(squares.size());
  const auto count = static_cast<Index>(out.size());
  // Frame t covers samples t hop - n/2 + [0, n); the first that reaches beyond sample `first`:
  const Index before_first = first + n / 2 - n;
  const Index first_frame = before_first < 0 ? 0 : before_first / hop_length + 1;
  for (Index t = first_frame; t < num_frames; ++t) {
    const Index start = t * hop_length - n / 2 - first;
    if (start >= count) break;
    const Index end = std::min(n, count - start);
    for (Index i = std::max<Index>(0, -start); i < end; ++i) out[start + i] += squares[i];
  }
}

void window_sum_square(const StftOptions& options, Index num_frames, Index first,
                       std::span<double> out) {
  validate(options);
  std::vector<double> squares = hann_window(options.n_fft);
  for (double& value : squares) value *= value;
  std::fill(out.begin(), out.end(), 0.0);
  add_window_squares(squares, options.hop_length, num_frames, first, out);
}

}  // namespace partwise
