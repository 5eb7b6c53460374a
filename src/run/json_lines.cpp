#include <cmath>
#include <options/option_parsing.hpp>
#include <partwise/json_lines.hpp>
#include <writers/level.hpp>

namespace partwise {
namespace {

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::fetch:
      return "fetch";
    case Stage::decode:
      return "decode";
    case Stage::transform:
      return "transform";
    case Stage::factorize:
      return "factorize";
    case Stage::separate:
      return "separate";
    case Stage::write:
      return "write";
    case Stage::report:
      return "report";
  }
  return "unknown";
}

/// Cut to what a reader needs of shares and seconds.
std::string short_number(double value) {
  constexpr double kSteps = 1e4;
  return json_number(std::round(value * kSteps) / kSteps);
}

std::string text_or_null(const std::string& text) {
  return text.empty() ? "null" : json_string(text);
}

std::string tags_json(const AudioTags& tags) {
  return "{\"title\": " + text_or_null(tags.title) + ", \"artist\": " + text_or_null(tags.artist) +
         ", \"album\": " + text_or_null(tags.album) + ", \"date\": " + text_or_null(tags.date) +
         ", \"comment\": " + text_or_null(tags.comment) + "}";
}

std::string silence_json(const InspectedAudio& audio) {
  const AudioMeasures& measures = audio.measures;
  const auto all = static_cast<double>(audio.info.num_samples);
  const auto seconds = [&](Index samples) {
    return json_number(static_cast<double>(samples) / audio.info.sample_rate_hz);
  };
  return "{\"share\": " + json_number(static_cast<double>(measures.silent_samples) / all) +
         ", \"leading_s\": " + seconds(measures.leading_silence) +
         ", \"trailing_s\": " + seconds(measures.trailing_silence) + "}";
}

std::string list_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ", ";
    out += json_string(text);
  }
  return out + "]";
}

}  // namespace

std::string progress_json(const Progress& progress, double seconds) {
  const bool iterates = progress.stage == Stage::factorize && progress.iteration > 0;
  return "{\"stage\": " + json_string(name_of(progress.stage)) +
         ", \"share\": " + short_number(progress.share) +
         ", \"iteration\": " + (iterates ? json_integer(progress.iteration) : "null") +
         ", \"objective\": " + (iterates ? json_number(progress.objective) : "null") +
         ", \"seconds\": " + short_number(seconds) + "}";
}

std::string info_json(std::string_view name, std::uint64_t num_bytes, const InspectedAudio& audio) {
  const AudioInfo& info = audio.info;
  const AudioMeasures& measures = audio.measures;
  return "{\"file\": " + json_string(name) + ", \"format\": " + json_string(info.format) +
         ", \"rate\": " + json_number(info.sample_rate_hz) +
         ", \"channels\": " + json_integer(info.num_channels) +
         ", \"bits\": " + (info.bits > 0 ? json_integer(info.bits) : "null") +
         ", \"samples\": " + json_integer(info.num_samples) + ", \"seconds\": " +
         json_number(static_cast<double>(info.num_samples) / info.sample_rate_hz) +
         ", \"bytes\": " + json_integer(static_cast<Index>(num_bytes)) +
         ", \"peak_db\": " + json_number(ratio_db(measures.peak, 1)) +
         ", \"loudness_lufs\": " + json_number(measures.loudness_lufs) +
         ", \"silence\": " + silence_json(audio) + ", \"tags\": " + tags_json(info.tags) +
         ", \"damaged\": " + json_bool(!info.warnings.empty()) +
         ", \"warnings\": " + list_json(info.warnings) + "}";
}

std::string estimate_json(std::string_view name, const RunEstimate& estimate,
                          std::uint64_t memory_limit_bytes) {
  const RunSeconds& seconds = estimate.seconds;
  const auto bytes = [](std::uint64_t count) { return json_integer(static_cast<Index>(count)); };
  return "{\"file\": " + json_string(name) + ", \"rate\": " + json_number(estimate.sample_rate_hz) +
         ", \"channels\": " + json_integer(estimate.num_channels) +
         ", \"samples\": " + json_integer(estimate.num_samples) +
         ", \"bins\": " + json_integer(estimate.num_bins) +
         ", \"frames\": " + json_integer(estimate.num_frames) +
         ", \"components\": " + json_integer(estimate.num_components) +
         ", \"parts\": " + json_integer(estimate.num_parts) +
         ", \"threads\": " + json_integer(estimate.threads) +
         ", \"memory_bytes\": " + bytes(estimate.memory_bytes) +
         ", \"memory_limit_bytes\": " + bytes(memory_limit_bytes) +
         ", \"output_bytes\": " + bytes(estimate.output_bytes) +
         ", \"seconds\": {\"decode\": " + short_number(seconds.decode) +
         ", \"transform\": " + short_number(seconds.transform) +
         ", \"factorize\": " + short_number(seconds.factorize) +
         ", \"separate\": " + short_number(seconds.separate) +
         ", \"events\": " + short_number(seconds.events) +
         ", \"write\": " + short_number(seconds.write) +
         ", \"report\": " + short_number(seconds.report) +
         ", \"total\": " + short_number(seconds.total) + "}}";
}

}  // namespace partwise
