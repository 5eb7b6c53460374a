#include <algorithm>
#include <partwise/error.hpp>
#include <partwise/outputs.hpp>
#include <partwise/stft.hpp>
#include <string>

namespace partwise {
namespace {

// Measured on 60 s to 600 s of one and two channels, 6 and 24 parts: what is left when the signal,
// the spectrogram and the factors are taken off.
constexpr std::uint64_t kProgramBytes = 20'000'000;
constexpr std::uint64_t kPartBytes = 700'000;
// Of each part, what EventDetector keeps: eleven floats for a frame of 12 ms.
constexpr double kEventBytesPerSecond = 11 * sizeof(float) / 0.0116;

}  // namespace

std::uint64_t estimated_memory_bytes(Index num_samples, Index num_channels, double sample_rate_hz,
                                     const RunOptions& options) {
  const StftOptions stft = resolve(options.analysis.stft, sample_rate_hz);
  // In double: the product of hostile numbers may leave every integer.
  const auto bins = static_cast<double>(num_bins(stft));
  const auto frames = static_cast<double>(num_frames(num_samples, stft));
  const auto components = static_cast<double>(*resolve(options.analysis).factorize.num_components);
  const auto parts = static_cast<double>(expected_parts(options.analysis));
  const double values = static_cast<double>(num_samples) * static_cast<double>(num_channels) +
                        bins * frames +
                        2 * (bins + frames) * components;  // W, H and their successors
  const double seconds = static_cast<double>(num_samples) / std::max(sample_rate_hz, 1.0);
  const double events = options.events ? kEventBytesPerSecond * seconds * parts : 0;
  const bool doubles = options.analysis.precision == Precision::double_precision;
  // To compare components: four tracks and a spectrum of each; and powers of W and H.
  const double compared =
      options.analysis.parts.wanted() ? (5 * frames + 3 * bins + components) * components : 0;
  // To refine a part its own sum is made, as large as the spectrogram.
  const PartMethod method = options.analysis.parts.method;
  const bool refines = options.analysis.parts.wanted() &&
                       (method == PartMethod::drums || method == PartMethod::automatic);
  const double sums = refines ? bins * frames : 0;
  const double copies = doubles ? bins * frames + 2 * (bins + frames) * components : compared;
  const double bytes = (values + sums) * sizeof(float) + copies * sizeof(double) +
                       kPartBytes * parts + events + kProgramBytes;
  constexpr double kMost = 1.8e19;  // below 2^64
  return static_cast<std::uint64_t>(std::min(bytes, kMost));
}

void check_memory(const Signal& signal, const RunOptions& options, std::uint64_t held_bytes) {
  const std::uint64_t limit = memory_limit_bytes(options);
  const std::uint64_t needed =
      held_bytes + estimated_memory_bytes(signal.num_samples(), signal.num_channels(),
                                          signal.sample_rate_hz, options);
  if (needed <= limit) return;
  constexpr std::uint64_t kMegabyte = 1'000'000;
  throw Error(ErrorCode::resource_limit,
              "this run needs about " + std::to_string(needed / kMegabyte + 1) +
                  " MB of memory, expected at most " + std::to_string(limit / kMegabyte) + " MB (" +
                  OptionName("max_memory") + ")",
              "a " + OptionName("duration") + ", " + OptionName("mono") + ", a lower " +
                  OptionName("sample_rate_hz") + " or a larger " + OptionName("hop_length") +
                  " need less");
}

}  // namespace partwise
