#include <algorithm>
#include <bit>
#include <cmath>
#include <files/decode_checks.hpp>
#include <files/text.hpp>
#include <limits>
#include <partwise/error.hpp>

namespace partwise {
namespace {

constexpr std::uint32_t kExponentMask = 0x7f800000;  // all ones: NaN or infinity

bool is_finite_bits(float value) {
  return (std::bit_cast<std::uint32_t>(value) & kExponentMask) != kExponentMask;
}

/// Whole samples in `seconds`, at most what an Index holds.
Index whole_samples(const char* what, double seconds, double sample_rate_hz) {
  if (!(seconds >= 0) || !std::isfinite(seconds)) {
    throw Error(ErrorCode::usage,
                std::string(what) + " = " + number_text(seconds) + " s, expected [0, inf)");
  }
  constexpr double kMost = 4611686018427387904.0;  // 2^62: sums of two still fit an Index
  return static_cast<Index>(std::min(seconds * sample_rate_hz, kMost));
}

}  // namespace

void check_channels_and_rate(const std::string& name, double num_channels, double sample_rate_hz) {
  if (!(num_channels >= 1 && num_channels <= static_cast<double>(kMaxChannels))) {
    throw Error(ErrorCode::malformed, name + ": channels = " + number_text(num_channels) +
                                          ", expected 1.." + std::to_string(kMaxChannels));
  }
  if (!(sample_rate_hz >= kMinSampleRateHz && sample_rate_hz <= kMaxSampleRateHz)) {
    throw Error(ErrorCode::malformed, name + ": sample rate = " + number_text(sample_rate_hz) +
                                          " Hz, expected " + number_text(kMinSampleRateHz) + ".." +
                                          number_text(kMaxSampleRateHz) + " Hz");
  }
}

SampleRange to_sample_range(const DecodeRange& range, double sample_rate_hz) {
  SampleRange out;
  out.first = whole_samples("offset", range.offset_s, sample_rate_hz);
  out.count = whole_samples("duration", range.duration_s, sample_rate_hz);
  if (range.duration_s == 0) {
    out.count = std::numeric_limits<Index>::max() / 2;
  } else if (out.count == 0) {
    throw Error(ErrorCode::usage, "duration = " + number_text(range.duration_s) +
                                      " s, expected at least one sample (" +
                                      number_text(1 / sample_rate_hz) + " s)");
  }
  return out;
}

void throw_offset_beyond_end(const std::string& name, double offset_s, double length_s) {
  throw Error(ErrorCode::usage, "offset = " + number_text(offset_s) + " s, expected less than " +
                                    number_text(length_s) + " s, the length of " + name);
}

std::string truncation_warning(Index samples_lost, double sample_rate_hz) {
  return "the file ends " + number_text(static_cast<double>(samples_lost) / sample_rate_hz) +
         " s (" + std::to_string(samples_lost) + (samples_lost == 1 ? " sample" : " samples") +
         ") before its header says";
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
