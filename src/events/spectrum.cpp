#include <algorithm>
#include <cmath>
#include <events/spectrum.hpp>
#include <limits>

namespace partwise {
namespace {

constexpr double kMedianHz = 100;  // to either side: wider than a line, narrower than a hump
constexpr float kStandsOut = 3;    // times the median: noise reaches that in one bin of a hundred
constexpr double kConcertPitchHz = 440;

// Of the harmonic matching: chosen on piano, strings and bass.
constexpr int kHarmonics = 10;
constexpr double kHarmonicWeight = 0.84;  // of the next harmonic
constexpr int kLowestPitch = 24;          // C1
constexpr int kHighestPitch = 108;        // C8
constexpr int kStepsInSemitone = 10;

/// Between bins, linear; 0 beyond the last.
double at(const std::vector<double>& values, double bin) {
  const auto j = static_cast<std::size_t>(bin);
  if (j + 1 >= values.size()) return 0;
  const double share = bin - static_cast<double>(j);
  return values[j] * (1 - share) + values[j + 1] * share;
}

double frequency_of_pitch(double pitch) {
  constexpr double kConcertPitch = 69;
  constexpr double kSemitones = 12;
  return kConcertPitchHz * std::exp2((pitch - kConcertPitch) / kSemitones);
}

/// What harmonics hold more than the gaps below them: without the gaps, an octave too low does as
/// well.
double harmonic_score(const std::vector<double>& lines, double f0_bins) {
  double score = 0, weight = 1;
  for (int h = 1; h <= kHarmonics; ++h, weight *= kHarmonicWeight) {
    const double bin = h * f0_bins;
    if (bin > static_cast<double>(lines.size() - 1)) break;
    score += weight * (at(lines, bin) - at(lines, bin - f0_bins / 2));
  }
  return score;
}

/// Where the line at or beside bin j has its top, by the parabola through the logarithms of three
/// bins; j itself where that is no top.
double top_of_line(std::span<const float> spectrum, std::size_t j) {
  const float left = spectrum[j - 1], middle = spectrum[j], right = spectrum[j + 1];
  if (!(left > 0 && right > 0 && middle >= left && middle >= right)) return static_cast<double>(j);
  const double a = std::log(left), b = std::log(middle), c = std::log(right);
  const double bend = a - 2 * b + c;
  return static_cast<double>(j) + (bend < 0 ? (a - c) / (2 * bend) : 0);
}

/// The fundamental whose harmonics lie nearest to the tops of their lines, those that stand out
/// more and the higher ones, which tell it more exactly, counting more.
double refined(std::span<const float> spectrum, const std::vector<double>& lines, double f0_bins) {
  double sum = 0, weights = 0;
  for (int h = 1; h <= kHarmonics; ++h) {
    const auto near = static_cast<std::size_t>(std::lround(h * f0_bins));
    if (near < 2 || near + 2 >= spectrum.size()) continue;
    const auto top = std::max_element(spectrum.begin() + static_cast<Index>(near) - 1,
                                      spectrum.begin() + static_cast<Index>(near) + 2);
    const auto j = static_cast<std::size_t>(top - spectrum.begin());
    const double place = top_of_line(spectrum, j);
    if (std::abs(place - h * f0_bins) > 1) continue;  // of a neighbour
    const double weight = lines[j] * h;
    sum += weight * place / h;
    weights += weight;
  }
  return weights > 0 ? sum / weights : f0_bins;
}

double sum_of_row(MatrixView<const float> h, Index k, int power) {
  double sum = 0;
  for (Index t = 0; t < h.cols; ++t) {
    const auto gain = static_cast<double>(h(k, t));
    sum += power == 2 ? std::sqrt(gain) : gain;
  }
  return sum;
}

}  // namespace

std::vector<float> local_medians(std::span<const float> spectrum, double bin_hz) {
  const auto bins = static_cast<Index>(spectrum.size());
  const Index reach = std::max<Index>(1, std::lround(kMedianHz / bin_hz));
  std::vector<float> sorted, medians;
  for (Index f = 0; f < std::min(reach, bins); ++f) {
    sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), spectrum[f]), spectrum[f]);
  }
  for (Index f = 0; f < bins; ++f) {
    if (f + reach < bins) {
      const float next = spectrum[f + reach];
      sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), next), next);
    }
    if (f > reach) {
      sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), spectrum[f - reach - 1]));
    }
    medians.push_back(sorted[sorted.size() / 2]);
  }
  return medians;
}

double tone_share(std::span<const float> spectrum, double bin_hz) {
  const std::vector<float> medians = local_medians(spectrum, bin_hz);
  double lines = 0, all = 0;
  for (std::size_t f = 0; f < spectrum.size(); ++f) {
    all += static_cast<double>(spectrum[f]);
    if (spectrum[f] > kStandsOut * medians[f]) lines += static_cast<double>(spectrum[f]);
  }
  return all > 0 ? lines / all : 0;
}

double fundamental_hz(std::span<const float> spectrum, double bin_hz) {
  if (spectrum.empty() || !(*std::max_element(spectrum.begin(), spectrum.end()) > 0)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  // Roots, so that the first harmonics do not decide alone.
  std::vector<float> roots(spectrum.size());
  std::transform(spectrum.begin(), spectrum.end(), roots.begin(),
                 [](float x) { return std::sqrt(x); });
  const std::vector<float> medians = local_medians(roots, bin_hz);
  std::vector<double> lines(spectrum.size());
  for (std::size_t f = 0; f < lines.size(); ++f) {
    lines[f] = static_cast<double>(std::max(roots[f] - medians[f], 0.0F));
  }
  double best = 0, best_score = -std::numeric_limits<double>::infinity();
  for (int step = 0; step <= (kHighestPitch - kLowestPitch) * kStepsInSemitone; ++step) {
    const double hz =
        frequency_of_pitch(kLowestPitch + static_cast<double>(step) / kStepsInSemitone);
    const double score = harmonic_score(lines, hz / bin_hz);
    if (score > best_score) {
      best = hz;
      best_score = score;
    }
  }
  return refined(spectrum, lines, best / bin_hz) * bin_hz;
}

std::vector<float> template_amplitudes(const EventModel& model, Index k) {
  const auto column = model.w.column_span(k);
  std::vector<float> out(column.begin(), column.end());
  if (model.power == 2) {
    for (float& x : out) x = std::sqrt(x);
  }
  return out;
}

std::vector<float> part_amplitudes(const EventModel& model, const std::vector<Index>& group) {
  std::vector<double> sums(static_cast<std::size_t>(model.w.rows));
  for (const Index k : group) {
    const std::vector<float> of_component = template_amplitudes(model, k);
    const double gain = sum_of_row(model.h, k, model.power);
    for (std::size_t f = 0; f < sums.size(); ++f) {
      sums[f] += gain * static_cast<double>(of_component[f]);
    }
  }
  // To a maximum of 1: a sum over hours may leave what a float holds.
  const double largest = sums.empty() ? 0 : *std::max_element(sums.begin(), sums.end());
  std::vector<float> out;
  for (const double sum : sums) out.push_back(largest > 0 ? static_cast<float>(sum / largest) : 0);
  return out;
}

std::vector<int> drum_keys(std::span<const float> spectrum, double bin_hz) {
  constexpr double kLowHz = 150, kHighHz = 3000;
  double low = 0, low_energy = 0, high_energy = 0, all = 0, energy = 0;
  for (std::size_t f = 0; f < spectrum.size(); ++f) {
    const double hz = static_cast<double>(f) * bin_hz;
    const auto a = static_cast<double>(spectrum[f]);
    all += a;
    energy += a * a;
    if (hz < kLowHz) low += a, low_energy += a * a;
    if (hz > kHighHz) high_energy += a * a;
  }
  const auto peak = std::max_element(spectrum.begin(), spectrum.end()) - spectrum.begin();
  const double peak_hz = static_cast<double>(peak) * bin_hz;
  // Shares that kept hats, kicks, snares and pitched drums apart on kits of three recordings.
  if (high_energy > 0.5 * energy) return {42, 46, 44, 51, 49, 53};  // hats, ride, crash
  const bool is_low = low_energy > 0.6 * energy && low > 0.4 * all;
  const bool rings = tone_share(spectrum, bin_hz) > 0.4;
  if (peak_hz < 110 && (is_low || rings)) return {36, 35, 41, 43};      // bass drums, floor toms
  if (is_low || (rings && peak_hz < 180)) return {45, 41, 43, 64, 47};  // low toms, low conga
  if (rings && peak_hz < 300) return {47, 48, 64, 45, 50};              // middle toms
  if (rings && peak_hz < 600) return {63, 62, 50, 61};                  // high conga, high tom
  if (rings && peak_hz < 1200) return {60, 61, 65, 66};                 // bongos, timbales
  if (rings) return {56, 67, 68, 76, 77};  // cowbell, agogo, wood block
  return {38, 40, 39, 37, 54, 70};         // snares, clap, side stick, tambourine, maracas
}

}  // namespace partwise
