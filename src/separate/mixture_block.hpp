#pragma once
// A block of frames of the mixture: its spectra and what all parts share. Made once, read by all
// parts.
#include <dsp/lane_transform.hpp>
#include <partwise/separate.hpp>
#include <separate/cell_gains.hpp>
#include <vector>

namespace partwise {

/// The spectra of a block of frames, channel by channel, in groups of kLanes frames.
template <class T>
class MixtureBlock {
 public:
  static constexpr Index kLanes = LaneTransform<T>::kLanes;

  /// For up to `max_frames` frames. The arguments must outlive the block.
  MixtureBlock(const LaneTransform<T>& transform, const Signal& mixture, MatrixView<const float> w,
               MatrixView<const float> h, const SeparateOptions& options, Index max_frames);

  /// Loads frames [first_frame, first_frame + count).
  void load(Index first_frame, Index count, Reducer& reducer);

  [[nodiscard]] Index num_frames() const { return num_frames_; }
  [[nodiscard]] Index num_groups() const { return (num_frames_ + kLanes - 1) / kLanes; }
  /// Frames in group g: kLanes but for the last one.
  [[nodiscard]] Index group_frames(Index g) const;
  [[nodiscard]] const T* spectra(Index group, Index channel) const {
    return spectra_.column(group * num_channels_ + channel);
  }
  /// The gains of part k for group g, to be multiplied with spectra(g, c) of every channel.
  void part_gains(Index k, Index group, T* gains) const;

 private:
  void load_group(Index first_frame, Index group);
  void divide_by_magnitude(Index group);

  const LaneTransform<T>& transform_;
  const Signal& mixture_;
  MatrixView<const float> w_;
  MatrixView<const float> h_;
  SeparateOptions options_;
  Index num_channels_;
  Index num_frames_ = 0;
  Matrix<T> spectra_;  // one column for each group and channel
  std::vector<LaneCells<T>> cells_;
};

}  // namespace partwise
