#include <algorithm>
#include <dsp/window.hpp>
#include <separate/overlap.hpp>
#include <span>

namespace partwise {
namespace {

constexpr double kSmallestWeightShare = 0.01;

/// The sums of an endless signal's window squares: of sample i of a frame at i % hop.
std::vector<double> endless_sums(const std::vector<double>& squares, Index hop) {
  std::vector<double> sums(static_cast<std::size_t>(hop));
  for (std::size_t i = 0; i < squares.size(); ++i) sums[i % sums.size()] += squares[i];
  return sums;
}

}  // namespace

template <class T>
Overlap<T>::Overlap(const StftOptions& options, Index num_frames, Index num_samples) {
  const Index n = options.n_fft, hop = options.hop_length;
  const std::vector<double> window = hann_window(n);
  std::vector<double> squares = window;
  for (double& value : squares) value *= value;
  const std::vector<double> sums = endless_sums(squares, hop);
  const double smallest = kSmallestWeightShare * *std::max_element(sums.begin(), sums.end());
  for (Index i = 0; i < n; ++i) {
    const double sum = sums[i % hop];
    window_.push_back(
        static_cast<T>(sum > smallest ? window[i] / (static_cast<double>(n) * sum) : 0));
  }

  // Frame -1 would have ended before sample n - n/2 - hop; frame num_frames would begin at:
  head_end_ = std::clamp<Index>(n - n / 2 - hop, 0, num_samples);
  tail_begin_ = std::clamp<Index>(num_frames * hop - n / 2, head_end_, num_samples);
  const auto corrections = [&](Index first, Index end) {
    std::vector<double> actual(static_cast<std::size_t>(end - first), 0.0);
    add_window_squares(squares, hop, num_frames, first, actual);
    std::vector<T> out;
    for (Index i = first; i < end; ++i) {
      const double sum = actual[i - first];
      out.push_back(static_cast<T>(sum > smallest ? sums[(i + n / 2) % hop] / sum : 0));
    }
    return out;
  };
  head_ = corrections(0, head_end_);
  tail_ = corrections(tail_begin_, num_samples);
}

template <class T>
void Overlap<T>::correct(Index first, Index count, T* samples) const {
  for (Index i = first; i < std::min(first + count, head_end_); ++i) samples[i - first] *= head_[i];
  for (Index i = std::max(first, tail_begin_); i < first + count; ++i) {
    samples[i - first] *= tail_[i - tail_begin_];
  }
}

template class Overlap<float>;
template class Overlap<double>;

}  // namespace partwise
