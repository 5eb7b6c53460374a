#include "commands/estimate_command.hpp"

#include <unistd.h>

#include <cmath>
#include <partwise/display_text.hpp>
#include <partwise/estimate.hpp>
#include <partwise/json_lines.hpp>
#include <partwise/run.hpp>

#include "commands/each_input.hpp"
#include "commands/parts_table.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_layout.hpp"

namespace partwise::program {
namespace {

constexpr std::size_t kValueColumn = 12;

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

int tell_estimate(const std::vector<std::string>& inputs, RunOptions options, RunControl& control) {
  (void)load_start(options);
  const SoundServices services = codec_services();
  Reducer reducer(threads_of(options));
  const std::uint64_t limit = memory_limit_bytes(options);
  return tell_each(inputs, options, control, [&](const std::string& input) {
    const RunEstimate estimate = estimate_input(input, options, services, reducer, control);
    const std::string name = shown_input(input);
    if (options.json) return estimate_json(name, estimate, limit) + "\n";
    const std::size_t columns =
        is_terminal(STDOUT_FILENO) ? terminal_columns(STDOUT_FILENO) : kNoLimit;
    return text_of(name, estimate, limit, options.report, columns, shows_colour(STDOUT_FILENO));
  });
}

}  // namespace partwise::program
