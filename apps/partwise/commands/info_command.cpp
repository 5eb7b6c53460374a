#include "commands/info_command.hpp"

#include <unistd.h>

#include <cmath>
#include <partwise/audio_input.hpp>
#include <partwise/audio_inspect.hpp>
#include <partwise/display_text.hpp>
#include <partwise/json_lines.hpp>
#include <partwise/outputs.hpp>

#include "commands/each_input.hpp"
#include "commands/parts_table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_layout.hpp"

namespace partwise::program {
namespace {

constexpr std::size_t kValueColumn = 12;

std::string silence_text(const InspectedAudio& audio) {
  const AudioMeasures& measures = audio.measures;
  if (measures.silent_samples == audio.info.num_samples) return "nothing else";
  constexpr double kPercent = 100;
  const double rate = audio.info.sample_rate_hz;
  const double share = kPercent * static_cast<double>(measures.silent_samples) /
                       static_cast<double>(audio.info.num_samples);
  const auto seconds = [rate](Index samples) {
    return fixed(static_cast<double>(samples) / rate, 3) + " s";
  };
  return fixed(share, 1) + " %; " + seconds(measures.leading_silence) + " at the beginning, " +
         seconds(measures.trailing_silence) + " at the end";
}

std::string text_of(const std::string& name, const InspectedAudio& audio, std::size_t columns,
                    bool colour) {
  const AudioInfo& info = audio.info;
  std::string out = painted(display_text(name), Colour::bold, colour) + "\n";
  const auto add = [&](const std::string& term, const std::string& value) {
    if (!value.empty()) out += definition("  " + term, display_text(value), kValueColumn, columns);
  };
  const double peak = audio.measures.peak;
  const double lufs = audio.measures.loudness_lufs;
  add("format", info.format + ", " + fixed(info.sample_rate_hz, 0) + " Hz, " +
                    counted(info.num_channels, "channel"));
  add("length", length_text(static_cast<double>(info.num_samples) / info.sample_rate_hz) + " (" +
                    counted(info.num_samples, "sample") + ")");
  add("peak", peak > 0 ? fixed(20 * std::log10(peak), 2) + " dBFS" : "none");
  add("loudness", std::isfinite(lufs) ? fixed(lufs, 1) + " LUFS" : "none");
  add("silence", silence_text(audio));
  add("title", info.tags.title);
  add("artist", info.tags.artist);
  add("album", info.tags.album);
  add("date", info.tags.date);
  add("comment", info.tags.comment);
  for (const std::string& warning : info.warnings) add("damaged", warning);
  return out;
}

/// What is to be printed of one input.
std::string told(const std::string& input, const RunOptions& options, const RunControl& control) {
  const auto source = open_input(input, {.max_bytes = memory_limit_bytes(options)}, control);
  const InspectedAudio audio = inspect_audio(*source, control, decode_rules(options));
  const std::string name = shown_input(input);
  if (options.json) return info_json(name, source->size(), audio) + "\n";
  const bool to_terminal = is_terminal(STDOUT_FILENO);
  const std::size_t columns = to_terminal ? terminal_columns(STDOUT_FILENO) : kNoLimit;
  return text_of(name, audio, columns, shows_colour(STDOUT_FILENO));
}

}  // namespace

int tell_info(const std::vector<std::string>& inputs, const RunOptions& options,
              RunControl& control) {
  return tell_each(inputs, options, control,
                   [&](const std::string& input) { return told(input, options, control); });
}

}  // namespace partwise::program
