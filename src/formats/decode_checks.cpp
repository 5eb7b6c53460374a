#include <algorithm>
#include <bit>
#include <cmath>
#include <formats/decode_checks.hpp>
#include <formats/text.hpp>
#include <limits>
#include <partwise/error.hpp>

namespace partwise {
namespace {

constexpr std::uint32_t kExponentMask = 0x7f800000;  // all ones: NaN or infinity

constexpr double kMostSamples = 4611686018427387904.0;  // 2^62: sums of two still fit an Index
constexpr double kBytesPerValue = sizeof(float);

bool is_finite_bits(float value) {
  return (std::bit_cast<std::uint32_t>(value) & kExponentMask) != kExponentMask;
}

/// Whole samples in `seconds`, at most what an Index holds.
Index whole_samples(const char* what, double seconds, double sample_rate_hz) {
  if (!(seconds >= 0) || !std::isfinite(seconds)) {
    throw bad_argument(what, number_text(seconds) + " s", "[0, inf)");
  }
  return static_cast<Index>(std::min(seconds * sample_rate_hz, kMostSamples));
}

}  // namespace

void check_channels_and_rate(const std::string& name, double num_channels, double sample_rate_hz) {
  if (!(num_channels >= 1 && num_channels <= static_cast<double>(kMaxChannels))) {
    throw Error(ErrorCode::malformed, name + ": channels = " + number_text(num_channels) +
                                          ", expected 1.." + std::to_string(kMaxChannels));
  }
  if (!kSampleRateRange.contains(sample_rate_hz)) {
    throw Error(ErrorCode::malformed, name + ": sample rate = " + number_text(sample_rate_hz) +
                                          " Hz, expected " + kSampleRateRange.text() + " Hz");
  }
}

SampleRange to_sample_range(const DecodeRange& range, double sample_rate_hz) {
  SampleRange out;
  out.first = whole_samples("offset", range.offset_s, sample_rate_hz);
  out.count = std::numeric_limits<Index>::max() / 2;
  if (!range.duration_s) return out;
  out.count = whole_samples("duration", *range.duration_s, sample_rate_hz);
  if (out.count == 0) {
    throw bad_argument("duration", number_text(*range.duration_s) + " s",
                       "at least one sample (" + number_text(1 / sample_rate_hz) + " s)");
  }
  return out;
}

void throw_offset_beyond_end(const std::string& name, double offset_s, double length_s) {
  throw bad_argument("offset", number_text(offset_s) + " s",
                     "less than " + number_text(length_s) + " s, the length of " + name);
}

std::string truncation_warning(Index samples_lost, double sample_rate_hz) {
  return "the file ends " + number_text(static_cast<double>(samples_lost) / sample_rate_hz) +
         " s (" + std::to_string(samples_lost) + (samples_lost == 1 ? " sample" : " samples") +
         ") before its header says";
}

SoundBudget::SoundBudget(std::string name, const DecodeRules& rules, double sample_rate_hz,
                         Index num_channels)
    : name_(std::move(name)),
      rules_(rules),
      sample_rate_hz_(sample_rate_hz),
      num_channels_(num_channels) {
  const double by_memory = static_cast<double>(rules.max_memory_bytes) /
                           (kBytesPerValue * static_cast<double>(num_channels));
  most_ = static_cast<Index>(
      std::min({rules.max_duration_s * sample_rate_hz, by_memory, kMostSamples}));
}

void SoundBudget::refuse(Index num_samples) const {
  const double seconds = static_cast<double>(num_samples) / sample_rate_hz_;
  if (seconds > rules_.max_duration_s) {
    throw Error(ErrorCode::resource_limit, name_ + ": it holds " + number_text(std::ceil(seconds)) +
                                               " s of sound or more, expected at most " +
                                               number_text(rules_.max_duration_s) + " s (" +
                                               OptionName("max_duration") + ")");
  }
  constexpr double kMegabyte = 1e6;
  const double bytes =
      static_cast<double>(num_samples) * static_cast<double>(num_channels_) * kBytesPerValue;
  throw Error(
      ErrorCode::resource_limit,
      name_ + ": its sound takes " + number_text(std::ceil(bytes / kMegabyte)) +
          " MB of memory or more, expected at most " +
          number_text(std::floor(static_cast<double>(rules_.max_memory_bytes) / kMegabyte)) +
          " MB (" + OptionName("max_memory") + ")");
}

void check_damage(const std::string& name, const DecodeRules& rules, const AudioInfo& info) {
  if (!rules.strict || info.warnings.empty()) return;
  throw Error(ErrorCode::malformed, name + ": " + info.warnings.front() + " (strict)");
}

void NonFiniteCount::add(std::span<const float> samples, Index first_sample) {
  // One test for a block that is sound, which nearly all are; no branch inside.
  unsigned bad = 0;
  for (const float value : samples) bad |= is_finite_bits(value) ? 0U : 1U;
  if (bad == 0) return;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (is_finite_bits(samples[i])) continue;
    const Index at = first_sample + static_cast<Index>(i);
    first_ = count_ == 0 ? at : std::min(first_, at);
    ++count_;
  }
}

void NonFiniteCount::check(const std::string& name, double sample_rate_hz) const {
  if (count_ == 0) return;
  throw Error(ErrorCode::malformed, name + ": " + std::to_string(count_) +
                                        (count_ == 1 ? " sample is" : " samples are") +
                                        " NaN or infinite, the first at " +
                                        number_text(static_cast<double>(first_) / sample_rate_hz) +
                                        " s; expected finite numbers");
}

}  // namespace partwise
