#include <algorithm>
#include <cmath>
#include <limits>
#include <partwise/evaluate.hpp>
#include <random>

namespace partwise {
namespace {

constexpr int kResamples = 10'000;  // the ends then move by a hundredth of the interval
constexpr double kTail = 0.025;

/// Uniform in [0, count), from the generator's bits alone: std distributions differ by library.
std::size_t pick(std::mt19937& generator, std::size_t count) {
  constexpr int kBits = 32;
  return static_cast<std::size_t>((std::uint64_t{generator()} * count) >> kBits);
}

/// Between the two nearest of sorted values.
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - static_cast<double>(below));
}

double mean_of(double sum, std::size_t count) { return sum / static_cast<double>(count); }

}  // namespace

MeanInterval bootstrap_mean(std::span<const double> values, std::uint32_t seed) {
  constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {kUndefined, kUndefined, kUndefined};
  std::mt19937 generator(seed);
  std::vector<double> means(kResamples);
  for (double& mean : means) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[pick(generator, values.size())];
    mean = mean_of(sum, values.size());
  }
  std::ranges::sort(means);
  double sum = 0;
  for (const double value : values) sum += value;
  return {mean_of(sum, values.size()), quantile(means, kTail), quantile(means, 1 - kTail)};
}

}  // namespace partwise
