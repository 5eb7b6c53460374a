#pragma once
#include <algorithm>
#include <partwise/index.hpp>

namespace partwise::nmf {

// Frames a block: data, model and two weights of 1025 bins x 32 frames x 4 bytes take half a
// megabyte of cache, and a block still feeds the kernels' tiles.
inline constexpr Index kBlockFrames = 32;

/// How frames are cut into chunks that are summed apart and then added in order. It depends on the
/// number of frames alone, so sums have the same bits for any number of threads. A chunk begins at
/// a multiple of kBlockFrames.
class FrameChunks {
 public:
  explicit FrameChunks(Index frames)
      : frames_(frames), blocks_((frames + kBlockFrames - 1) / kBlockFrames) {}

  [[nodiscard]] Index count() const {
    return std::clamp(blocks_ / kLeastBlocks, Index{1}, kMostChunks);
  }
  [[nodiscard]] Index begin(Index chunk) const { return blocks_ * chunk / count() * kBlockFrames; }
  [[nodiscard]] Index end(Index chunk) const { return std::min(begin(chunk + 1), frames_); }

 private:
  // More would cost memory (F x K doubles each), fewer would leave threads without work.
  static constexpr Index kMostChunks = 16;
  // Setting a chunk's sums to zero and adding them up takes as long as a frame or two.
  static constexpr Index kLeastBlocks = 3;

  Index frames_;
  Index blocks_;
};

}  // namespace partwise::nmf
