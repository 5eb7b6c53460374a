#include <algorithm>
#include <partwise/drums.hpp>
#include <vector>

namespace partwise {
namespace {

constexpr Index kReach = 8;  // bins or frames on either side of a cell that its medians look at
constexpr Index kValues = 2 * kReach + 1;
constexpr Index kLanes = 16;  // cells whose medians are found at once
constexpr Index kMostFrames = 400;

/// i mirrored at the ends of [0, count), with the end twice: ... 1 0 | 0 1 ...
Index mirrored(Index i, Index count) {
  const Index period = 2 * count;
  i = ((i % period) + period) % period;
  return i < count ? i : period - 1 - i;
}

/// A frame with its ends mirrored: value(f) for f in [-kReach, F + kReach + kLanes).
class PaddedFrame {
 public:
  explicit PaddedFrame(Index bins)
      : values_(static_cast<std::size_t>(bins + 2 * kReach + kLanes)) {}

  void load(const float* column, Index bins) {
    for (Index i = 0; i < static_cast<Index>(values_.size()); ++i)
      values_[i] = column[mirrored(i - kReach, bins)];
  }
  [[nodiscard]] const float* at(Index f) const { return values_.data() + f + kReach; }

 private:
  std::vector<float> values_;
};

/// The middle ones of kValues numbers, for kLanes cells: rows[i][lane]. Sorts by odd-even
/// transposition, which has no branches, so that the compiler takes many lanes at once.
void medians(const float* const* rows, float* out) {
  float x[kValues][kLanes];
  for (Index i = 0; i < kValues; ++i) std::copy_n(rows[i], kLanes, x[i]);
  for (Index round = 0; round < kValues; ++round) {
    for (Index i = round % 2; i + 1 < kValues; i += 2) {
      for (Index lane = 0; lane < kLanes; ++lane) {
        const float low = std::min(x[i][lane], x[i + 1][lane]);
        x[i + 1][lane] = std::max(x[i][lane], x[i + 1][lane]);
        x[i][lane] = low;
      }
    }
  }
  std::copy_n(x[kReach], kLanes, out);
}

struct Shares {
  double percussive = 0;
  double all = 0;
};

Shares shares_of_frame(MatrixView<const float> v, Index n) {
  std::vector<PaddedFrame> frames(kValues, PaddedFrame(v.rows));
  for (Index i = 0; i < kValues; ++i)
    frames[i].load(v.column(mirrored(n - kReach + i, v.cols)), v.rows);
  Shares shares;
  const float* rows[kValues];
  float harmonic[kLanes], percussive[kLanes];
  for (Index f = 0; f < v.rows; f += kLanes) {
    for (Index i = 0; i < kValues; ++i) rows[i] = frames[i].at(f);
    medians(rows, harmonic);
    for (Index i = 0; i < kValues; ++i) rows[i] = frames[kReach].at(f - kReach + i);
    medians(rows, percussive);
    for (Index lane = 0; lane < std::min(kLanes, v.rows - f); ++lane) {
      const double value = v(f + lane, n), p = percussive[lane], h = harmonic[lane];
      shares.all += value;
      if (p > 0) shares.percussive += value * p * p / (p * p + h * h);
    }
  }
  return shares;
}

}  // namespace

double percussive_share(MatrixView<const float> v, Reducer& reducer) {
  const Index stride = (v.cols + kMostFrames - 1) / kMostFrames;
  if (stride == 0 || v.rows == 0) return 0;
  std::vector<Shares> frames(static_cast<std::size_t>((v.cols + stride - 1) / stride));
  reducer.for_each(static_cast<Index>(frames.size()),
                   [&](Index i) { frames[i] = shares_of_frame(v, i * stride); });
  Shares sum;
  for (const Shares& frame : frames) {
    sum.percussive += frame.percussive;
    sum.all += frame.all;
  }
  return sum.all > 0 ? sum.percussive / sum.all : 0;
}

}  // namespace partwise
