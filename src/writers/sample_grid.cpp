#include <algorithm>
#include <cmath>
#include <writers/sample_grid.hpp>

namespace partwise {
namespace {

double steps_of(SampleFormat format) {
  switch (format) {
    case SampleFormat::pcm16:
      return 32768.0;
    case SampleFormat::pcm24:
      return 8388608.0;
    case SampleFormat::float32:
      break;
  }
  return 0;
}

}  // namespace

SampleGrid::SampleGrid(SampleFormat format) : steps_(steps_of(format)) {}

float SampleGrid::nearest(double x, Index& clipped) const {
  if (steps_ == 0) return static_cast<float>(x);
  const double step = std::nearbyint(x * steps_);
  const double inside = std::clamp(step, -steps_, steps_ - 1);
  clipped += inside != step;
  return static_cast<float>(inside / steps_);
}

Index SampleGrid::round(MatrixView<const float> from, MatrixView<float> to) const {
  Index clipped = 0;
  for (Index c = 0; c < from.cols; ++c) {
    for (Index r = 0; r < from.rows; ++r) {
      to(r, c) = nearest(static_cast<double>(from(r, c)), clipped);
    }
  }
  return clipped;
}

}  // namespace partwise
