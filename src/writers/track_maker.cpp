#include <algorithm>
#include <dsp/track_kernels.hpp>
#include <writers/rows.hpp>
#include <writers/track_maker.hpp>

namespace partwise {
namespace {

/// Rows of all tracks that fit into a core's cache while they are rounded, summed and measured.
constexpr Index kSliceSamples = 8192;

}  // namespace

TrackMaker::TrackMaker(const std::vector<RunTrack>& tracks, SampleFormat format, Reducer& reducer)
    : grid_(format),
      reducer_(reducer),
      made_(tracks.size()),
      samples_(tracks.size()),
      facts_(tracks.size()) {
  for (const RunTrack& track : tracks) kinds_.push_back(track.kind);
  num_parts_ = std::count(kinds_.begin(), kinds_.end(), TrackKind::part);
}

void TrackMaker::place_samples(const PartsBlock& block) {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const TrackKind kind = kinds_[i];
    const bool is_given = kind == TrackKind::part || kind == TrackKind::input;
    if (is_given && grid_.holds_floats()) {
      samples_[i] = kind == TrackKind::part ? block.parts[i] : block.mixture;
      continue;
    }
    if (made_[i].rows() < block.count) made_[i] = Matrix<float>(block.count, block.mixture.cols);
    samples_[i] = rows(made_[i], 0, block.count);
  }
}

/// What is found out about a slice of every track.
struct TrackMaker::SliceFacts {
  std::vector<LevelMeter> levels;
  std::vector<Index> clipped;
  LevelMeter signal_level;
};

void TrackMaker::round_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts) {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    MatrixView<const float> from;
    if (kinds_[i] == TrackKind::part) from = rows(block.parts[i], first, count);
    if (kinds_[i] == TrackKind::input) from = rows(block.mixture, first, count);
    if (from.cols > 0) facts.clipped[i] += grid_.round(from, rows(made_[i], first, count));
  }
}

void TrackMaker::sum_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts) {
  Matrix<float>& mix = made_[num_parts_];
  Matrix<float>& residual = made_[num_parts_ + 1];
  Index off_scale = 0;  // reported by the input's own count, where it is written
  std::vector<double> sums(static_cast<std::size_t>(count));
  for (Index c = 0; c < block.mixture.cols; ++c) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (Index k = 0; k < num_parts_; ++k) {
      Tally tally;
      track_kernels().measure_and_add(samples_[k].column(c) + first, count, tally, sums.data());
      facts.levels[k].add(tally, count);
    }
    const float* original = block.mixture.column(c) + first;
    float* to_mix = mix.column(c) + first;
    float* to_residual = residual.column(c) + first;
    if (grid_.holds_floats()) {
      track_kernels().split(original, sums.data(), count, to_mix, to_residual);
      continue;
    }
    for (Index r = 0; r < count; ++r) {
      to_mix[r] = grid_.nearest(sums[r], facts.clipped[num_parts_]);
      // The signal on the grid is what the input's file holds, so that it too is the sum of all.
      const float signal = grid_.nearest(static_cast<double>(original[r]), off_scale);
      to_residual[r] =
          grid_.nearest(static_cast<double>(signal) - sums[r], facts.clipped[num_parts_ + 1]);
    }
  }
}

void TrackMaker::make_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts) {
  facts.levels.resize(kinds_.size());
  facts.clipped.resize(kinds_.size());
  if (!grid_.holds_floats()) round_slice(block, first, count, facts);
  sum_slice(block, first, count, facts);
  facts.levels[num_parts_ + 1].add(rows(samples_[num_parts_ + 1], first, count));
  facts.signal_level.add(rows(block.mixture, first, count));
}

std::span<const MatrixView<const float>> TrackMaker::make(const PartsBlock& block) {
  place_samples(block);
  const Index num_slices = (block.count + kSliceSamples - 1) / kSliceSamples;
  std::vector<SliceFacts> slices(static_cast<std::size_t>(num_slices));
  reducer_.for_each(num_slices, [&](Index s) {
    const Index first = s * kSliceSamples;
    make_slice(block, first, std::min(kSliceSamples, block.count - first), slices[s]);
  });
  for (const SliceFacts& slice : slices) {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      facts_[i].level.add(slice.levels[i]);
      facts_[i].clipped += slice.clipped[i];
    }
    signal_level_.add(slice.signal_level);
  }
  return samples_;
}

}  // namespace partwise
