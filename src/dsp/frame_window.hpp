#pragma once
#include <partwise/signal_source.hpp>
#include <partwise/stft.hpp>

namespace partwise {

/// The samples that a stretch of frames is made of, read from a source.
struct FrameWindow {
  MatrixView<const float> samples;  ///< [count x channels]
  Index first_sample = 0;           ///< of the signal, that samples row 0 is
  /// The number of a frame of the signal in `samples`, taken as a signal of its own: what
  /// LaneTransform::forward() is to be called with.
  Index frame_shift = 0;

  [[nodiscard]] Index frame(Index of_signal) const { return of_signal - frame_shift; }
};

/// Reads what frames [first, first + count) need, and at least up to sample `until` of the signal.
[[nodiscard]] FrameWindow read_frames(const SignalSource& source, const StftOptions& options,
                                      Index first, Index count, Index until, Matrix<float>& room);

}  // namespace partwise
