#include <algorithm>
#include <chrono>
#include <cmath>
#include <estimate/fit_signal.hpp>
#include <partwise/estimate.hpp>
#include <partwise/input_name.hpp>
#include <writers/container_for.hpp>

namespace partwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kExcerpt_s = 12;  // as much as is ever factorized to measure

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The stretch that a run would take, in seconds.
struct Stretch {
  double begin = 0;
  double end = 0;
};

Stretch stretch_of(const DecodeRange& range, double length_s) {
  const double begin = std::min(range.offset_s, length_s);
  const double wanted = range.duration_s.value_or(length_s);
  return {begin, std::min(length_s, begin + wanted)};
}

/// A signal as a run would analyse it, and how long it took to mix and resample.
struct Excerpt {
  Signal signal;
  double seconds = 0;
};

/// From the middle: a recording may begin and end softly. Behind the end of the file it begins
/// where the run would, so that it is refused in the run's words.
Excerpt excerpt_of(ByteSource& source, const Stretch& stretch, const RunOptions& options,
                   const SoundServices& services, const RunControl& control) {
  const double spare = std::max(0.0, stretch.end - stretch.begin - kExcerpt_s);
  const bool is_empty = stretch.end <= stretch.begin;
  const DecodeRange range = is_empty
                                ? DecodeRange{options.range.offset_s, {}}
                                : DecodeRange{stretch.begin + spare / 2,
                                              std::min(kExcerpt_s, stretch.end - stretch.begin)};
  Excerpt out;
  out.signal = services.decode(source, range, control, decode_rules(options)).signal;
  const auto start = Clock::now();
  fit_signal(out.signal, options, services, control);
  out.seconds = seconds_since(start);
  return out;
}

RunEstimate estimate_source(ByteSource& source, const RunOptions& options,
                            const SoundServices& services, Reducer& reducer,
                            const RunControl& control) {
  const auto start = Clock::now();
  const AudioInfo info =
      services.stream(source, control, decode_rules(options), [](const SoundBlock&) {});
  const double whole_s = seconds_since(start);
  const double length_s = static_cast<double>(info.num_samples) / info.sample_rate_hz;
  const Stretch stretch = stretch_of(options.range, length_s);
  const Excerpt excerpt = excerpt_of(source, stretch, options, services, control);

  const double taken_s = stretch.end - stretch.begin;
  const double decode_s =
      whole_s * stretch.end / length_s + excerpt.seconds * taken_s / excerpt.signal.seconds();
  const auto samples = static_cast<Index>(std::llround(taken_s * excerpt.signal.sample_rate_hz));
  const bool differs = taken_s < length_s || excerpt.signal.num_channels() != info.num_channels ||
                       excerpt.signal.sample_rate_hz != info.sample_rate_hz || !info.exact_in_float;
  return estimate_run(excerpt.signal, {samples, decode_s, differs}, options,
                      container_for(services, options.format), reducer, control);
}

}  // namespace

RunEstimate estimate_input(const std::string& input, const RunOptions& options,
                           const SoundServices& services, Reducer& reducer,
                           const RunControl& control) {
  const auto source = services.open(input, {.max_bytes = memory_limit_bytes(options)}, control);
  RunEstimate out = estimate_source(*source, options, services, reducer, control);
  if (input_kind(input) != InputKind::file) out.memory_bytes += source->size();
  return out;
}

}  // namespace partwise
