#include <algorithm>
#include <cmath>
#include <limits>
#include <writers/outline_meter.hpp>

namespace partwise {
namespace {

constexpr Index kShares = 2000;  // what a screen can show

}  // namespace

OutlineMeter::OutlineMeter(Index num_samples)
    : num_samples_(num_samples),
      num_shares_(std::min(kShares, num_samples)),
      lows_(static_cast<std::size_t>(num_shares_), std::numeric_limits<float>::infinity()),
      highs_(lows_.size(), -std::numeric_limits<float>::infinity()) {}

void OutlineMeter::add(MatrixView<const float> samples) {
  Index done = 0;
  while (done < samples.rows) {
    const Index end = begin_of(share_ + 1);
    const Index count = std::min(samples.rows - done, end - position_);
    float& low = lows_[share_];
    float& high = highs_[share_];
    for (Index c = 0; c < samples.cols; ++c) {
      const float* from = samples.column(c) + done;
      for (Index i = 0; i < count; ++i) {
        low = from[i] < low ? from[i] : low;
        high = high < from[i] ? from[i] : high;
      }
    }
    peak_ = std::max({peak_, std::abs(low), std::abs(high)});
    done += count;
    position_ += count;
    if (position_ == end) ++share_;
  }
}

std::vector<std::int8_t> OutlineMeter::codes() const {
  std::vector<std::int8_t> outline;
  outline.reserve(2 * lows_.size());
  const auto code = [&](float x) {
    const double share = peak_ > 0 ? static_cast<double>(x) / peak() : 0;
    return static_cast<std::int8_t>(std::lround(127 * std::clamp(share, -1.0, 1.0)));
  };
  for (std::size_t i = 0; i < lows_.size(); ++i) {
    outline.push_back(code(lows_[i]));
    outline.push_back(code(highs_[i]));
  }
  return outline;
}

}  // namespace partwise
