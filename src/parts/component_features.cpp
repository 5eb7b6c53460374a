#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <parts/component_features.hpp>
#include <parts/mel_bands.hpp>

namespace partwise::parts {
namespace {

using Values = std::vector<double>;

constexpr Index kBands = 40;
constexpr double kLowestHz = 30, kHighestHz = 16e3;
constexpr double kBandBlur = 1;       // bands
constexpr double kOnsetBlur = 1;      // frames
constexpr double kSlowBlur_s = 0.5;   // what comes and goes together, if not stroke by stroke
constexpr double kBandFloor = 1e-6;   // of the largest: below, a logarithm tells of noise alone
constexpr double kLeastRise = 1e-4;   // keeps the logarithm of a steady tone finite
constexpr double kGaussianReach = 4;  // standard deviations

/// One side of a Gaussian whose whole has unit sum.
Values gaussian(double sigma) {
  const auto reach = static_cast<Index>(kGaussianReach * sigma + 0.5);
  Values half(static_cast<std::size_t>(reach + 1));
  double sum = 0;
  for (Index i = 0; i <= reach; ++i) {
    half[i] = std::exp(-0.5 * static_cast<double>(i * i) / (sigma * sigma));
    sum += (i == 0 ? 1 : 2) * half[i];
  }
  for (double& x : half) x /= sum;
  return half;
}

/// Of values mirrored at both ends, the last one twice: ... b a | a b c | c b ...
Values blurred(const Values& x, const Values& half) {
  const auto count = static_cast<Index>(x.size()), reach = static_cast<Index>(half.size()) - 1;
  if (count == 0) return x;
  Values padded(static_cast<std::size_t>(count + 2 * reach));
  for (Index i = 0; i < static_cast<Index>(padded.size()); ++i) {
    const Index period = 2 * count;
    const Index at = ((i - reach) % period + period) % period;
    padded[i] = x[at < count ? at : period - 1 - at];
  }
  Values out(x.size());
  for (Index i = 0; i < count; ++i) out[i] = half[0] * padded[i + reach];
  for (Index d = 1; d <= reach;
       ++d) {  // one distance at a time, which the compiler makes vectors of
    const double* before = padded.data() + reach - d;
    const double* behind = padded.data() + reach + d;
    for (Index i = 0; i < count; ++i) out[i] += half[d] * (before[i] + behind[i]);
  }
  return out;
}

void to_unit_norm(Values& x) {
  const double norm = std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
  for (double& v : x) v = norm > 0 ? v / norm : 0;
}

/// What is left of a steady track by rounding alone has no shape.
constexpr double kLeastDeviation = 1e-12;

void centre(Values& x) {
  if (x.empty()) return;
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
  const double before = std::inner_product(x.begin(), x.end(), x.begin(), 0.0);
  for (double& v : x) v -= mean;
  const double after = std::inner_product(x.begin(), x.end(), x.begin(), 0.0);
  if (!(after > kLeastDeviation * before)) std::fill(x.begin(), x.end(), 0.0);
  to_unit_norm(x);
}

Values rises_of(const Values& s) {
  Values out;
  for (std::size_t t = 1; t < s.size(); ++t) out.push_back(std::max(s[t] - s[t - 1], 0.0));
  return out;
}

void add_track_features(MatrixView<const float> w, MatrixView<const float> h, Index k,
                        const Values& slow, const Values& fast, ComponentFeatures& out) {
  const double mass = std::accumulate(w.column(k), w.column(k) + w.rows, 0.0);
  double largest = 0;
  out.gain.resize(static_cast<std::size_t>(h.cols));
  for (Index t = 0; t < h.cols; ++t) {
    out.gain[t] = static_cast<double>(h(k, t));
    largest = std::max(largest, out.gain[t]);
  }
  out.is_silent = !(mass > 0 && largest > 0);
  if (out.is_silent) return;
  // Correlations do not ask for the scale, so the largest value may be 1 before the root.
  for (double& gain : out.gain) gain /= largest;
  out.gain_sum = std::accumulate(out.gain.begin(), out.gain.end(), 0.0);
  for (const double gain : out.gain) out.track.push_back(std::sqrt(gain));
  const Values rises = rises_of(out.track);
  const double risen = std::inner_product(rises.begin(), rises.end(), rises.begin(), 0.0);
  out.percussiveness = std::log(risen / out.gain_sum + kLeastRise);  // sum s^2 = sum h
  out.onsets = blurred(rises, fast);
  out.smooth_track = blurred(out.track, slow);
  for (Values* x : {&out.track, &out.smooth_track, &out.onsets}) centre(*x);
}

/// Coefficients 1.. of the orthonormal DCT-II of the logarithm.
void add_cepstrum(const Values& bands, ComponentFeatures& out) {
  const double largest = *std::max_element(bands.begin(), bands.end());
  if (!(largest > 0)) return;
  const auto count = static_cast<double>(bands.size());
  for (int c = 0; c < kCepstra; ++c) {
    double sum = 0;
    for (std::size_t b = 0; b < bands.size(); ++b) {
      const double phase =
          std::numbers::pi * (c + 1) * (2 * static_cast<double>(b) + 1) / (2 * count);
      sum += std::log(bands[b] / largest + kBandFloor) * std::cos(phase);
    }
    out.cepstrum[c] = std::sqrt(2 / count) * sum;
  }
}

void add_spectrum_features(MatrixView<const float> w, Index k, const MelBands& mel,
                           const Values& blur, ComponentFeatures& out) {
  for (Index f = 0; f < w.rows; ++f) {
    out.spectrum.push_back(std::sqrt(static_cast<double>(w(f, k))));
  }
  to_unit_norm(out.spectrum);
  Values bands(static_cast<std::size_t>(mel.count()));
  mel.sum(w.column(k), bands.data());
  add_cepstrum(bands, out);
  out.bands = blurred(bands, blur);
  for (double& band : out.bands) band = std::sqrt(band);
  to_unit_norm(out.bands);
}

}  // namespace

std::vector<ComponentFeatures> component_features(MatrixView<const float> w,
                                                  MatrixView<const float> h,
                                                  const SimilarityOptions& options,
                                                  Reducer& reducer) {
  const MelBands mel(kBands, kLowestHz, kHighestHz, w.rows, options.bin_hz);
  const Values slow = gaussian(kSlowBlur_s / options.frame_seconds), fast = gaussian(kOnsetBlur);
  const Values band_blur = gaussian(kBandBlur);
  std::vector<ComponentFeatures> out(static_cast<std::size_t>(w.cols));
  reducer.for_each(w.cols, [&](Index k) {
    add_track_features(w, h, k, slow, fast, out[k]);
    if (!out[k].is_silent) add_spectrum_features(w, k, mel, band_blur, out[k]);
  });
  return out;
}

}  // namespace partwise::parts
