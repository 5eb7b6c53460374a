#include "commands/estimate_command.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <partwise/audio_input.hpp>
#include <partwise/audio_inspect.hpp>
#include <partwise/display_text.hpp>
#include <partwise/estimate.hpp>
#include <partwise/json_lines.hpp>

#include "commands/each_input.hpp"
#include "commands/parts_table.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_layout.hpp"

namespace partwise::program {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kValueColumn = 12;
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
  const double wanted = range.duration_s > 0 ? range.duration_s : length_s;
  return {begin, std::min(length_s, begin + wanted)};
}

/// A signal as a run would analyse it, and how long that took.
struct Excerpt {
  Signal signal;
  double seconds = 0;  ///< to mix and resample
};

/// From the middle: a recording may begin and end softly. Behind the end of the file it begins
/// where the run would, so that it is refused in the run's words.
Excerpt excerpt_of(ByteSource& source, const Stretch& stretch, const RunOptions& options,
                   const RunControl& control) {
  const double spare = std::max(0.0, stretch.end - stretch.begin - kExcerpt_s);
  const bool is_empty = stretch.end <= stretch.begin;
  const DecodeRange range{is_empty ? options.range.offset_s : stretch.begin + spare / 2,
                          is_empty ? 0 : std::min(kExcerpt_s, stretch.end - stretch.begin)};
  Excerpt out;
  out.signal = decode_audio(source, range, control, decode_rules(options)).signal;
  const auto start = Clock::now();
  if (options.mono && out.signal.num_channels() > 1) out.signal = to_mono(out.signal);
  if (options.sample_rate_hz != 0 && options.sample_rate_hz != out.signal.sample_rate_hz) {
    out.signal = resample(out.signal, options.sample_rate_hz);
  }
  out.seconds = seconds_since(start);
  return out;
}

RunEstimate estimate(ByteSource& source, const RunOptions& options, Reducer& reducer,
                     const RunControl& control) {
  const auto start = Clock::now();
  const AudioInfo info =
      stream_audio(source, control, decode_rules(options), [](const SoundBlock&) {});
  const double whole_s = seconds_since(start);
  const double length_s = static_cast<double>(info.num_samples) / info.sample_rate_hz;
  const Stretch stretch = stretch_of(options.range, length_s);
  const Excerpt excerpt = excerpt_of(source, stretch, options, control);

  const double taken_s = stretch.end - stretch.begin;
  const double excerpt_s =
      static_cast<double>(excerpt.signal.num_samples()) / excerpt.signal.sample_rate_hz;
  const double decode_s = whole_s * stretch.end / length_s + excerpt.seconds * taken_s / excerpt_s;
  const auto samples = static_cast<Index>(std::llround(taken_s * excerpt.signal.sample_rate_hz));
  const bool differs = taken_s < length_s || excerpt.signal.num_channels() != info.num_channels ||
                       excerpt.signal.sample_rate_hz != info.sample_rate_hz || !info.exact_in_float;
  const Container container = is_flac(options.format) ? flac_container() : wav_container();
  return estimate_run(excerpt.signal, samples, decode_s, differs, options, container, reducer,
                      control);
}

/// "1.5 s", "12:30"
std::string seconds_text(double seconds) {
  constexpr double kMinute = 60;
  return seconds < kMinute ? fixed(seconds, 1) + " s" : time_text(seconds);
}

std::string megabytes(std::uint64_t bytes) {
  constexpr double kMegabyte = 1e6;
  return fixed(std::ceil(static_cast<double>(bytes) / kMegabyte), 0) + " MB";
}

std::string text_of(const std::string& name, const RunEstimate& estimate, std::uint64_t limit,
                    bool with_page, std::size_t columns, bool colour) {
  std::string out = painted(display_text(name), Colour::bold, colour) + "\n";
  const auto add = [&](const std::string& term, const std::string& value) {
    out += definition("  " + term, value, kValueColumn, columns);
  };
  const RunSeconds& seconds = estimate.seconds;
  add("sound", length_text(static_cast<double>(estimate.num_samples) / estimate.sample_rate_hz) +
                   ", " + fixed(estimate.sample_rate_hz, 0) + " Hz, " +
                   counted(estimate.num_channels, "channel"));
  const bool merges = estimate.num_parts != estimate.num_components;
  add("model", counted(estimate.num_parts, "part") +
                   (merges ? " from " + counted(estimate.num_components, "component") : "") +
                   " of " + counted(estimate.num_bins, "bin") + " and " +
                   counted(estimate.num_frames, "frame"));
  add("time", "about " + seconds_text(seconds.total) + " with " +
                  counted(estimate.threads, "thread") + ": read " + seconds_text(seconds.decode) +
                  ", factorize " + seconds_text(seconds.transform + seconds.factorize) +
                  ", separate " + seconds_text(seconds.separate + seconds.events) + ", write " +
                  seconds_text(seconds.write + seconds.report));
  add("memory", "about " + megabytes(estimate.memory_bytes) + "; " + megabytes(limit) +
                    " are allowed" +
                    (estimate.memory_bytes > limit ? ": the run would be refused" : ""));
  add("disk", "about " + megabytes(estimate.output_bytes) + (with_page ? " and the page" : ""));
  return out;
}

}  // namespace

int tell_estimate(const std::vector<std::string>& inputs, RunOptions options, bool components_given,
                  RunControl& control) {
  if (options.analysis.factorize.start == Start::given && !components_given) {
    options.analysis.factorize.num_components = load_factors(options.start_file).w.cols();
    options.analysis.parts.choose_components = false;
    validate(options);
  }
  Reducer reducer(options.threads == 0 ? available_threads() : options.threads);
  const std::uint64_t limit = memory_limit_bytes(options);
  return tell_each(inputs, options, control, [&](const std::string& input) {
    const auto source = open_input(input, {.max_bytes = limit}, control);
    const std::string name = shown_input(input);
    RunEstimate told = estimate(*source, options, reducer, control);
    if (input_kind(input) != InputKind::file) told.memory_bytes += source->size();
    if (options.json) return estimate_json(name, told, limit) + "\n";
    const std::size_t columns =
        is_terminal(STDOUT_FILENO) ? terminal_columns(STDOUT_FILENO) : kNoLimit;
    return text_of(name, told, limit, options.report, columns, shows_colour(STDOUT_FILENO));
  });
}

}  // namespace partwise::program
