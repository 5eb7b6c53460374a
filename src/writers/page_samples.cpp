#include <algorithm>
#include <cmath>
#include <writers/page_samples.hpp>

namespace partwise {
namespace {

constexpr double kGridSteps = 32768;  // of 16 bits
constexpr Index kSliceSamples = 8192;

float on_grid(float x) {
  return static_cast<float>(std::nearbyint(static_cast<double>(x) * kGridSteps) / kGridSteps);
}

}  // namespace

Matrix<float> mixed_to(MatrixView<const float> samples, Index num_channels) {
  Matrix<float> out(samples.rows, num_channels);
  const float share = 1.0F / static_cast<float>(samples.cols);
  for (Index c = 0; c < samples.cols; ++c) {
    const float* from = samples.column(c);
    if (num_channels == samples.cols) {
      std::copy_n(from, samples.rows, out.column(c));
    } else {
      float* to = out.column(0);
      for (Index n = 0; n < samples.rows; ++n) to[n] += share * from[n];
    }
  }
  return out;
}

double page_scale(double peak) { return peak > 1 ? std::exp2(std::ceil(std::log2(peak))) : 1; }

Matrix<float> on_page_grid(MatrixView<const float> samples, double scale) {
  const auto factor = static_cast<float>(1 / scale);
  Matrix<float> out(samples.rows, samples.cols);
  for (Index c = 0; c < samples.cols; ++c) {
    const float* from = samples.column(c);
    std::transform(from, from + samples.rows, out.column(c),
                   [factor](float x) { return on_grid(x * factor); });
  }
  return out;
}

std::vector<Matrix<float>> parts_on_page_grid(std::span<const MatrixView<const float>> parts,
                                              double scale, Reducer& reducer) {
  const Index count = parts.front().rows, channels = parts.front().cols;
  const auto factor = static_cast<float>(1 / scale);
  std::vector<Matrix<float>> out;
  for (std::size_t k = 0; k < parts.size(); ++k) out.emplace_back(count, channels);
  const Index slices = (count + kSliceSamples - 1) / kSliceSamples;
  reducer.for_each(slices * channels, [&](Index task) {
    const Index c = task / slices, first = task % slices * kSliceSamples;
    const Index size = std::min(kSliceSamples, count - first);
    std::vector<float> sums(static_cast<std::size_t>(size)), before(sums.size());
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const float* from = parts[k].column(c) + first;
      float* to = out[k].column(c) + first;
      for (Index n = 0; n < size; ++n) {
        sums[n] += from[n] * factor;
        const float rounded = on_grid(sums[n]);
        to[n] = rounded - before[n];
        before[n] = rounded;
      }
    }
  });
  return out;
}

}  // namespace partwise
