#include <algorithm>
#include <cmath>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>
#include <string>

namespace partwise {
namespace {

/// The frame that the defaults are scaled from: librosa's, 93 ms at its rate.
constexpr double kReferenceNFft = 2048;
constexpr double kReferenceRateHz = 22050;
constexpr Index kHopsPerFrame = 4;

}  // namespace

void validate(const StftOptions& options) {
  if (!kFftSizeRange.contains(options.n_fft)) {
    throw bad_argument("n_fft", options.n_fft, kFftSizeRange);
  }
  if (options.hop_length < kHopRange.min || options.hop_length > options.n_fft) {
    throw bad_argument("hop_length", options.hop_length,
                       "1.." + std::to_string(options.n_fft) + " (" + OptionName("n_fft") + ")");
  }
}

StftOptions default_stft_options(double sample_rate_hz) {
  if (!(sample_rate_hz > 0) || !std::isfinite(sample_rate_hz)) {
    throw bad_argument("sample_rate_hz", sample_rate_hz, "above 0");
  }
  const double wanted = kReferenceNFft * sample_rate_hz / kReferenceRateHz;
  const double exponent =
      std::clamp(std::round(std::log2(wanted)), std::log2(double{kFftSizeRange.min}),
                 std::log2(double{kFftSizeRange.max}));
  const Index n_fft = Index{1} << static_cast<int>(exponent);
  return {n_fft, n_fft / kHopsPerFrame};
}

Index num_bins(const StftOptions& options) { return options.n_fft / 2 + 1; }

Index num_frames(Index num_samples, const StftOptions& options) {
  const Index span = num_samples + 2 * (options.n_fft / 2) - options.n_fft;
  return span < 0 ? 0 : 1 + span / options.hop_length;
}

}  // namespace partwise
