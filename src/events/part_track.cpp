#include <algorithm>
#include <array>
#include <cmath>
#include <events/part_track.hpp>

namespace partwise {
namespace {

/// Long enough to tell a low drum from its neighbour, short enough that hits of one run of
/// sixteenths do not share a window. Of 12, 23, 46 ms the best on the recordings with known hits.
constexpr double kWindowSeconds = 0.0464;
constexpr Index kCellsInWindow = 32;

constexpr double kLowestHz = 30;
constexpr double kHighestHz = 16e3;

double mel(double hz) { return 2595 * std::log10(1 + hz / 700); }  // O'Shaughnessy 1987

Index window_samples(double rate_hz) {
  return Index{1} << static_cast<int>(std::lround(std::log2(kWindowSeconds * rate_hz)));
}

/// sum (x_i - x_(i-1))^2, in lanes so that the compiler may put them side by side.
double energy_of_changes(const float* x, Index count, float before) {
  constexpr Index kLanes = 4;
  std::array<double, kLanes> sums{};
  const auto square = [](float a, float b) {
    const double d = static_cast<double>(a) - static_cast<double>(b);
    return d * d;
  };
  double sum = square(x[0], before);
  Index i = 1;
  for (; i + kLanes <= count; i += kLanes) {
    for (Index lane = 0; lane < kLanes; ++lane) sums[lane] += square(x[i + lane], x[i + lane - 1]);
  }
  for (; i < count; ++i) sum += square(x[i], x[i - 1]);
  return sum + (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// |X|^2 of a packed block, added up over bands: energies[b * kLanes + lane].
void add_band_energies(const TrackPlan& plan, const float* block, double* energies) {
  constexpr Index kLanes = LaneTransform<float>::kLanes;
  const Index rows = plan.window();
  for (Index band = 0; band < kEventBands; ++band) {
    const Index first = plan.begin(band) == 0 ? 0 : real_row(plan.begin(band));
    const Index end = std::min(rows, real_row(plan.begin(band + 1)));
    std::array<double, kLanes> sums{};
    for (Index row = first; row < end; ++row) {
      const float* values = block + row * kLanes;
      for (Index lane = 0; lane < kLanes; ++lane) {
        const auto x = static_cast<double>(values[lane]);
        sums[lane] += x * x;
      }
    }
    for (Index lane = 0; lane < kLanes; ++lane) energies[band * kLanes + lane] += sums[lane];
  }
}

}  // namespace

TrackPlan::TrackPlan(Index num_samples, double sample_rate_hz)
    : rate_hz_(sample_rate_hz),
      transform_({window_samples(sample_rate_hz), window_samples(sample_rate_hz) / kHopsInWindow}),
      cell_(window() / kCellsInWindow),
      num_frames_((num_samples + window() / 2) / hop() + 1) {
  const Index bins = num_bins(transform_.options());
  const double bin_hz = sample_rate_hz / static_cast<double>(window());
  const double low = mel(kLowestHz);
  const double high = mel(std::min(kHighestHz, sample_rate_hz / 2));
  for (Index band = 0; band < kEventBands; ++band) {
    Index f = begin_.empty() ? 0 : begin_.back();
    const auto share = static_cast<double>(band) / static_cast<double>(kEventBands);
    while (band > 0 && f < bins &&
           (mel(static_cast<double>(f) * bin_hz) - low) / (high - low) < share)
      ++f;
    begin_.push_back(f);
  }
  begin_.push_back(bins);
}

PartTrack::PartTrack(const TrackPlan& plan, Index num_channels)
    : plan_(plan),
      waiting_(static_cast<std::size_t>(num_channels),
               std::vector<float>(static_cast<std::size_t>(plan.window() / 2))),
      before_(static_cast<std::size_t>(num_channels)),
      history_(static_cast<std::size_t>(kRiseFrames * kEventBands)) {
  const auto frames = static_cast<std::size_t>(plan.num_frames() + kLanes);
  for (auto* values : {&rises_, &levels_, &amplitudes_}) values->reserve(frames);
  envelope_.reserve(frames * static_cast<std::size_t>(plan.hop() / plan.cell()));
}

void PartTrack::add(MatrixView<const float> samples, TrackScratch& scratch) {
  for (Index c = 0; c < samples.cols; ++c) {
    const auto more = samples.column_span(c);
    waiting_[c].insert(waiting_[c].end(), more.begin(), more.end());
  }
  make_frames(scratch);
}

void PartTrack::finish(TrackScratch& scratch) {
  const Index left = plan_.num_frames() - static_cast<Index>(rises_.size());
  if (left > 0) {
    const Index padded = (left + kLanes) * plan_.hop() + plan_.window();
    for (auto& channel : waiting_) channel.resize(static_cast<std::size_t>(padded));
    make_frames(scratch);
  }
  for (auto* values : {&rises_, &levels_, &amplitudes_}) {
    values->resize(static_cast<std::size_t>(plan_.num_frames()));
  }
}

void PartTrack::make_frames(TrackScratch& scratch) {
  const auto& transform = plan_.transform();
  const Index hop = plan_.hop();
  const auto waiting = static_cast<Index>(waiting_.front().size());
  Index taken = 0;
  for (; taken + (kLanes - 1) * hop + plan_.window() <= waiting; taken += kLanes * hop) {
    std::array<double, kEventBands * kLanes> energies{};
    for (const auto& channel : waiting_) {
      // Frames are centred, so the one that begins with the first sample is not frame 0.
      constexpr Index kFirst = kHopsInWindow / 2;
      transform.forward(std::span(channel).subspan(static_cast<std::size_t>(taken)), kFirst, kLanes,
                        scratch.samples.data(), scratch.spectra.data());
      add_band_energies(plan_, scratch.spectra.data(), energies.data());
    }
    measure_cells(taken);
    add_frames(energies);
  }
  if (taken == 0) return;
  for (std::size_t c = 0; c < waiting_.size(); ++c) {
    before_[c] = waiting_[c][static_cast<std::size_t>(taken - 1)];
    waiting_[c].erase(waiting_[c].begin(), waiting_[c].begin() + taken);
  }
}

void PartTrack::measure_cells(Index taken) {
  const Index cell = plan_.cell();
  for (Index first = taken; first < taken + kLanes * plan_.hop(); first += cell) {
    double sum = 0;
    for (std::size_t c = 0; c < waiting_.size(); ++c) {
      const float before = first == 0 ? before_[c] : waiting_[c][first - 1];
      sum += energy_of_changes(waiting_[c].data() + first, cell, before);
    }
    envelope_.push_back(static_cast<float>(std::sqrt(sum / static_cast<double>(cell))));
  }
}

void PartTrack::add_frames(const std::array<double, kEventBands * kLanes>& energies) {
  std::array<double, kEventBands * kLanes> levels;
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = std::sqrt(std::sqrt(energies[i]));
  for (Index lane = 0; lane < kLanes; ++lane) {
    const Index frame = static_cast<Index>(rises_.size());
    float* before = history_.data() + frame % kRiseFrames * kEventBands;
    double rise = 0, level = 0, energy = 0;
    for (Index band = 0; band < kEventBands; ++band) {
      const auto now = static_cast<float>(levels[band * kLanes + lane]);
      rise += static_cast<double>(std::max(now - before[band], 0.0F));
      level += static_cast<double>(now);
      energy += energies[band * kLanes + lane];
      before[band] = now;
    }
    rises_.push_back(static_cast<float>(rise));
    levels_.push_back(static_cast<float>(level));
    amplitudes_.push_back(static_cast<float>(std::sqrt(energy)));
  }
}

}  // namespace partwise
