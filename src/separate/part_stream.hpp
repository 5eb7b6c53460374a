#pragma once
// One part on its way out: frames are overlapped and added until samples are complete.
#include <dsp/lane_transform.hpp>
#include <partwise/matrix.hpp>
#include <separate/mixture_block.hpp>
#include <span>

namespace partwise {

/// The running sums of one part. Different parts may be advanced by different threads.
template <class T>
class PartStream {
 public:
  /// For blocks of up to max_frames frames.
  PartStream(const StftOptions& options, Index num_channels, Index max_frames);

  /// Adds the frames of `mixture` as part k. sums()[0] is the first sample of the block's first
  /// frame.
  void add_block(const LaneTransform<T>& transform, const MixtureBlock<T>& mixture, Index k);

  /// Samples [offset, offset + weights.size()) of the sums times the weights, [count x channels].
  /// Valid until the next call.
  MatrixView<const float> finished(Index offset, std::span<const double> weights);

  /// Drops the first `count` samples: the next block begins behind them.
  void drop(Index count);

 private:
  Matrix<double> sums_;  // [max_frames * hop_length + n_fft x channels]
  Matrix<float> out_;
};

}  // namespace partwise
