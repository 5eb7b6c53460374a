#pragma once
// Parts on their way out: frames are overlapped and added, segment by segment, until samples are
// complete.
#include <partwise/matrix.hpp>
#include <separate/block_plan.hpp>
#include <separate/overlap.hpp>

namespace partwise {

/// Neighbouring frames [first, first + count) of a block that lie in one segment.
struct FrameRun {
  Index segment;
  Index first;
  Index count;
};

/// The samples of one block of every part and channel. Segments may be added by different threads,
/// and so may their parts; what reaches beyond a segment is kept beside it until all are added.
template <class T>
class PartSums {
 public:
  PartSums(const BlockPlan& plan, const StftOptions& options, Index num_columns);

  /// A block of `num_frames` frames; `is_last` of the signal. Columns of parts and channels are
  /// told apart by `column`.
  void begin_block(Index num_frames, bool is_last);

  [[nodiscard]] Index num_segments() const;
  /// Frames [segment_begin(s), segment_begin(s + 1)) of the block.
  [[nodiscard]] Index segment_begin(Index segment) const;

  /// Adds the frames of `run`, side by side in `frames` (see LaneTransform), times the window. The
  /// frames of a segment come in order, from its first to its last. `crossing` is
  /// crossing_samples() of scratch.
  void add(const FrameRun& run, Index column, const T* frames, const T* window, T* crossing);
  [[nodiscard]] Index crossing_samples() const { return crossing_samples_; }

  /// Once all segments of the block are added: adds to this one what reached into it.
  void join(Index segment, Index column);
  /// Once all are joined: keeps what reaches into the next block.
  void end_block();

  /// Samples from the block's first frame on.
  [[nodiscard]] T* samples(Index column) { return sums_.column(column); }
  /// Complete samples of a segment: from segment_begin(s) * hop_length, this many.
  [[nodiscard]] Index segment_samples(Index segment) const;
  [[nodiscard]] MatrixView<T> all_samples() { return sums_.view(); }

 private:
  /// Silence where the frames of `run` are the first to reach, just before they do: it is
  /// then in the cache.
  void clear(const FrameRun& run, Index column);
  [[nodiscard]] bool ends_signal(Index segment) const {
    return is_last_ && segment + 1 == num_segments();
  }
  /// What reached into `segment` from the one before it.
  [[nodiscard]] T* reached(Index segment, Index column) {
    return reached_.column(column) + segment * plan_.overlap_samples;
  }

  BlockPlan plan_;
  Index n_fft_;
  Index crossing_samples_;
  Index num_frames_ = 0;
  bool is_last_ = false;
  Matrix<T> sums_;  // [block_samples + overhang_samples x columns]
  Matrix<T>
      reached_;  // [(segments + 1) x overlap_samples, x columns]; the last is the next block's
};

}  // namespace partwise
