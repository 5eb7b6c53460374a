#include <algorithm>
#include <cmath>
#include <parts/mel_bands.hpp>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

constexpr Index kBands = 96;
constexpr double kLowestHz = 30, kHighestHz = 16e3;
constexpr double kTemplate_s = 0.116;  // a stroke; longer ones cost time and see no more
constexpr Index kMostTemplateFrames = 64;
constexpr Index kStarts = 4;         // random, of which the best counts
constexpr Index kIterations = 40;    // with 60 the curve differs by less than 0.04
constexpr double kLeastGain = 0.10;  // of D(1), that one more template must take off
constexpr double kMostSeconds = 20;  // in the middle of a recording

Matrix<float> in_bands(MatrixView<const float> v, double bin_hz) {
  const parts::MelBands mel(kBands, kLowestHz, kHighestHz, v.rows, bin_hz);
  Matrix<float> out(kBands, v.cols);
  std::vector<double> bands(kBands);
  for (Index t = 0; t < v.cols; ++t) {
    mel.sum(v.column(t), bands.data());
    std::transform(bands.begin(), bands.end(), out.column(t),
                   [](double x) { return static_cast<float>(x); });
  }
  return out;
}

double divergence_of_fit(MatrixView<const float> v, Index num_parts, Index template_frames,
                         Index seed) {
  FactorizeOptions options;
  options.num_components = num_parts;
  options.template_frames = template_frames;
  options.solver = Solver::mu;
  options.start = Start::random;
  options.seed = static_cast<std::uint32_t>(seed);
  options.max_iterations = kIterations;
  options.tolerance = 0;
  Reducer alone;
  const RunControl unwatched;
  return factorize<float>(v, options, nullptr, alone, unwatched).objective.back();
}

/// Those frames that stand in the middle.
MatrixView<const float> excerpt_of(MatrixView<const float> v, double frame_seconds) {
  const auto most = std::max<Index>(1, static_cast<Index>(kMostSeconds / frame_seconds));
  return v.cols <= most ? v : v.columns((v.cols - most) / 2, most);
}

Index elbow_of(const std::vector<double>& curve) {
  Index parts = 1;
  for (std::size_t k = 1; k < curve.size(); ++k) {
    if (curve[k - 1] - curve[k] > kLeastGain) parts = static_cast<Index>(k) + 1;
  }
  return parts;
}

}  // namespace

PartSuggestion suggest_parts(MatrixView<const float> v, double bin_hz, double frame_seconds,
                             Reducer& reducer, const RunControl& control) {
  const Matrix<float> bands = in_bands(excerpt_of(v, frame_seconds), bin_hz);
  const Index template_frames =
      std::clamp<Index>(std::lround(kTemplate_s / frame_seconds), 1, kMostTemplateFrames);
  Matrix<double> fits(kStarts, kMostSuggestedParts);
  // The largest first, so that no thread is left with one at the end.
  reducer.for_each(kStarts * kMostSuggestedParts, [&](Index i) {
    if (control.stop.load(std::memory_order_relaxed)) return;
    const Index k = kMostSuggestedParts - 1 - i / kStarts, start = i % kStarts;
    fits(start, k) = divergence_of_fit(bands, k + 1, template_frames, start);
  });
  control.check_stop();
  PartSuggestion out;
  for (Index k = 0; k < kMostSuggestedParts; ++k) {
    out.curve.push_back(*std::min_element(fits.column(k), fits.column(k) + kStarts));
  }
  const double first = out.curve.front();
  for (double& d : out.curve) d = first > 0 ? d / first : 1;
  out.num_parts = elbow_of(out.curve);
  return out;
}

}  // namespace partwise
