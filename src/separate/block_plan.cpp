#include <algorithm>
#include <separate/block_plan.hpp>

namespace partwise {
namespace {

/// Groups of this many frames begin at the same frames for any plan; a multiple of every kLanes.
constexpr Index kGroupFrames = 8;

/// Long enough that what crosses a segment's end is little, short enough that a few seconds of
/// sound keep several threads busy.
constexpr Index kUsualSegmentFrames = 32;
constexpr Index kUsualSegmentSamples = Index{1} << 15;

/// Samples of all parts that are held at once: they are written, summed and encoded while they are
/// in a shared cache.
constexpr Index kBlockValues = Index{1} << 20;
constexpr Index kMaxSegments = 16;

Index round_up(Index value, Index step) { return (value + step - 1) / step * step; }

}  // namespace

BlockPlan::BlockPlan(const StftOptions& options, Index num_parts, Index num_channels,
                     Index num_frames)
    : hop_length(options.hop_length) {
  overlap_samples = options.n_fft - hop_length;
  overhang_samples = std::max(overlap_samples, options.n_fft / 2 + 1);
  const Index usual = std::min(kUsualSegmentFrames, kUsualSegmentSamples / hop_length);
  const Index least = (overlap_samples + hop_length - 1) / hop_length;
  segment_frames = round_up(std::max({usual, least, Index{1}}), kGroupFrames);
  const Index by_memory = kBlockValues / (segment_samples() * num_parts * num_channels);
  const Index by_length = (num_frames + segment_frames - 1) / segment_frames;
  segments_per_block = std::clamp<Index>(std::min(by_memory, by_length), 1, kMaxSegments);
}

}  // namespace partwise
