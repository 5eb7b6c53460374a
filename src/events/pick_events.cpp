#include <algorithm>
#include <cmath>
#include <events/pick_events.hpp>
#include <functional>
#include <numeric>

namespace partwise {
namespace {

constexpr Index kPeakReach = 2;         // frames to either side that a peak is the largest of
constexpr double kMedianReach_s = 0.1;  // to either side
constexpr double kStandsOut = 0.4;      // of the usual peak, above the median
constexpr double kApart_s = 0.05;       // of two that are closer the larger

constexpr std::size_t kFirstPeak = 2, kEndPeak = 8;  // 3rd to 8th largest

/// Cells before and behind a rise: 6 ms each, a period of 170 Hz.
constexpr Index kRiseCells = 4;

bool is_peak(const std::vector<double>& curve, Index t) {
  const auto count = static_cast<Index>(curve.size());
  if (!(curve[t] > 0)) return false;
  for (Index u = std::max<Index>(0, t - kPeakReach); u < std::min(count, t + kPeakReach + 1); ++u) {
    // Of equal ones the first.
    if (curve[u] > curve[t] || (u < t && curve[u] == curve[t])) return false;
  }
  return true;
}

double median_around(const std::vector<double>& curve, Index t, Index reach) {
  const Index first = std::max<Index>(0, t - reach);
  const Index end = std::min(static_cast<Index>(curve.size()), t + reach + 1);
  std::vector<double> near(curve.begin() + first, curve.begin() + end);
  const auto middle = near.begin() + static_cast<Index>(near.size()) / 2;
  std::nth_element(near.begin(), middle, near.end());
  return *middle;
}

}  // namespace

void normalise_by_peaks(std::vector<double>& curve) {
  std::vector<double> peaks;
  for (Index t = 0; t < static_cast<Index>(curve.size()); ++t) {
    if (is_peak(curve, t)) peaks.push_back(curve[t]);
  }
  if (peaks.empty()) return;
  std::sort(peaks.begin(), peaks.end(), std::greater<>());
  const bool many = peaks.size() >= kEndPeak;
  const std::size_t first = many ? kFirstPeak : 0;
  const std::size_t end = many ? kEndPeak : (peaks.size() + 1) / 2;
  const double mean = std::accumulate(peaks.begin() + static_cast<Index>(first),
                                      peaks.begin() + static_cast<Index>(end), 0.0) /
                      static_cast<double>(end - first);
  for (double& value : curve) value /= mean;
}

std::vector<Index> pick_events(const std::vector<double>& score, double frame_seconds) {
  const auto reach = static_cast<Index>(kMedianReach_s / frame_seconds);
  std::vector<Index> candidates;
  for (Index t = 0; t < static_cast<Index>(score.size()); ++t) {
    if (score[t] > kStandsOut && is_peak(score, t) &&
        score[t] - median_around(score, t, reach) > kStandsOut) {
      candidates.push_back(t);
    }
  }
  std::vector<Index> picked;
  for (const Index t : candidates) {
    if (picked.empty() || static_cast<double>(t - picked.back()) * frame_seconds > kApart_s) {
      picked.push_back(t);
    } else if (score[t] > score[picked.back()]) {
      picked.back() = t;
    }
  }
  return picked;
}

Index steepest_cell(std::span<const float> envelope, Index first, Index end) {
  const auto count = static_cast<Index>(envelope.size());
  const auto level = [&](Index i) {
    return i < 0 || i >= count ? 0.0 : std::sqrt(static_cast<double>(envelope[i]));
  };
  Index best = std::clamp<Index>(first, 0, count);
  double best_rise = 0;
  for (Index i = best; i < std::min(end, count); ++i) {
    double rise = 0;
    for (Index j = 0; j < kRiseCells; ++j) rise += level(i + j) - level(i - 1 - j);
    if (rise > best_rise) {
      best_rise = rise;
      best = i;
    }
  }
  return best;
}

}  // namespace partwise
