#include <base/json_writer.hpp>
#include <cmath>
#include <partwise/json_lines.hpp>
#include <utility>
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
double rounded(double value) {
  constexpr double kSteps = 1e4;
  return std::round(value * kSteps) / kSteps;
}

void write_tags(const AudioTags& tags, JsonWriter& json) {
  json.begin_object();
  json.text_or_null("title", tags.title);
  json.text_or_null("artist", tags.artist);
  json.text_or_null("album", tags.album);
  json.text_or_null("date", tags.date);
  json.text_or_null("comment", tags.comment);
  json.end_object();
}

void write_silence(const InspectedAudio& audio, JsonWriter& json) {
  const AudioMeasures& measures = audio.measures;
  const auto seconds = [&](Index samples) {
    return static_cast<double>(samples) / audio.info.sample_rate_hz;
  };
  json.begin_object();
  json.field("share", static_cast<double>(measures.silent_samples) /
                          static_cast<double>(audio.info.num_samples));
  json.field("leading_s", seconds(measures.leading_silence));
  json.field("trailing_s", seconds(measures.trailing_silence));
  json.end_object();
}

void write_seconds(const RunSeconds& seconds, JsonWriter& json) {
  const std::pair<const char*, double> stages[] = {
      {"decode", seconds.decode},       {"transform", seconds.transform},
      {"factorize", seconds.factorize}, {"separate", seconds.separate},
      {"events", seconds.events},       {"write", seconds.write},
      {"report", seconds.report},       {"total", seconds.total}};
  json.begin_object();
  for (const auto& [name, value] : stages) json.field(name, rounded(value));
  json.end_object();
}

}  // namespace

std::string progress_json(const Progress& progress, double seconds) {
  const bool iterates = progress.stage == Stage::factorize && progress.iteration > 0;
  JsonWriter json(kJsonLine);
  json.begin_object();
  json.field("stage", name_of(progress.stage));
  json.field("share", rounded(progress.share));
  if (iterates) {
    json.field("iteration", progress.iteration);
    json.field("objective", progress.objective);
  } else {
    json.null_field("iteration");
    json.null_field("objective");
  }
  json.field("seconds", rounded(seconds));
  json.end_object();
  return json.take();
}

std::string info_json(std::string_view name, std::uint64_t num_bytes, const InspectedAudio& audio) {
  const AudioInfo& info = audio.info;
  JsonWriter json(kJsonLine);
  json.begin_object();
  json.field("file", name);
  json.field("format", info.format);
  json.field("rate", info.sample_rate_hz);
  json.field("channels", info.num_channels);
  json.key("bits");
  if (info.bits > 0) {
    json.value(info.bits);
  } else {
    json.null();
  }
  json.field("samples", info.num_samples);
  json.field("seconds", static_cast<double>(info.num_samples) / info.sample_rate_hz);
  json.field("bytes", num_bytes);
  json.field("peak_db", ratio_db(audio.measures.peak, 1));
  json.field("loudness_lufs", audio.measures.loudness_lufs);
  json.key("silence");
  write_silence(audio, json);
  json.key("tags");
  write_tags(info.tags, json);
  json.field("damaged", !info.warnings.empty());
  json.field("warnings", info.warnings);
  json.end_object();
  return json.take();
}

std::string estimate_json(std::string_view name, const RunEstimate& estimate,
                          std::uint64_t memory_limit_bytes) {
  JsonWriter json(kJsonLine);
  json.begin_object();
  json.field("file", name);
  json.field("rate", estimate.sample_rate_hz);
  json.field("channels", estimate.num_channels);
  json.field("samples", estimate.num_samples);
  json.field("bins", estimate.num_bins);
  json.field("frames", estimate.num_frames);
  json.field("components", estimate.num_components);
  json.field("parts", estimate.num_parts);
  json.field("threads", estimate.threads);
  json.field("memory_bytes", estimate.memory_bytes);
  json.field("memory_limit_bytes", memory_limit_bytes);
  json.field("output_bytes", estimate.output_bytes);
  json.key("seconds");
  write_seconds(estimate.seconds, json);
  json.end_object();
  return json.take();
}

}  // namespace partwise
