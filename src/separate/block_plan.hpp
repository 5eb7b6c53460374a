#pragma once
#include <partwise/index.hpp>
#include <partwise/stft.hpp>

namespace partwise {

/// How the frames of a signal are cut. A block is what is handed out at once; its segments are
/// worked on side by side. The cuts depend on the problem alone, not on the number of threads.
struct BlockPlan {
  BlockPlan(const StftOptions& options, Index num_parts, Index num_channels, Index num_frames);

  Index hop_length;
  Index segment_frames;  ///< a multiple of the lanes, and long enough for overlap_samples
  Index segments_per_block;
  Index overlap_samples;   ///< what a segment's last frame reaches beyond the segment
  Index overhang_samples;  ///< room behind the last segment: that, and what no frame covers

  [[nodiscard]] Index block_frames() const { return segment_frames * segments_per_block; }
  [[nodiscard]] Index segment_samples() const { return segment_frames * hop_length; }
  [[nodiscard]] Index block_samples() const { return block_frames() * hop_length; }
};

}  // namespace partwise
