#pragma once
// How frames that overlap become samples again.
#include <partwise/index.hpp>
#include <partwise/stft.hpp>
#include <vector>

namespace partwise {

/// Overlapped and added frames are divided by the sum of the windows' squares, which repeats every
/// hop but near the ends of the signal, where frames are missing. So the window that frames are
/// multiplied with is divided by it beforehand, and the ends are corrected.
///
/// Where the squares add up to less than a share of their largest sum, which happens only for hops
/// above a third of n_fft, dividing by them would make a roar of what the gains changed there: the
/// parts are silent instead, and the residual has it.
template <class T>
class Overlap {
 public:
  Overlap(const StftOptions& options, Index num_frames, Index num_samples);

  /// What sample i of n_fft times a frame is multiplied with.
  [[nodiscard]] const T* window() const { return window_.data(); }

  /// Corrects samples [first, first + count) of the signal, where they lie near its ends.
  void correct(Index first, Index count, T* samples) const;

 private:
  std::vector<T> window_;
  Index head_end_ = 0;    // corrections of samples [0, head_end_)
  Index tail_begin_ = 0;  // and from tail_begin_ on
  std::vector<T> head_;
  std::vector<T> tail_;
};

}  // namespace partwise
