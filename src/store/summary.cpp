#include <algorithm>
#include <base/json_writer.hpp>
#include <cmath>
#include <partwise/option_names.hpp>
#include <partwise/version.hpp>
#include <span>
#include <store/option_json.hpp>
#include <store/summary.hpp>
#include <utility>

namespace partwise {
namespace {

void write_options(const RunOptions& options, JsonWriter& json) {
  json.begin_object();
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    if (spec->use.reach == OptionReach::call) continue;
    json.key(spec->name);
    write_option(*spec, spec->get(options), json);
  }
  json.end_object();
}

void write_input(const InputFacts& input, JsonWriter& json) {
  const AudioInfo& info = input.info;
  json.begin_object();
  json.field("name", input.name);
  json.text_or_null("sha256", input.sha256);
  json.field("format", info.format);
  json.field("rate", info.sample_rate_hz);
  json.field("channels", info.num_channels);
  json.field("seconds", info.sample_rate_hz > 0
                            ? static_cast<double>(info.num_samples) / info.sample_rate_hz
                            : 0.0);
  json.end_object();
}

void write_factorization(const Analysis& analysis, JsonWriter& json) {
  json.begin_object();
  json.field("iterations", analysis.iterations);
  json.field("bf16_iterations", analysis.bf16_iterations);
  json.field("stop_reason", enum_word(analysis.stop_reason));
  json.field("objective_first", analysis.objective.front());
  json.field("objective_last", analysis.objective.back());
  json.field("reconstruction_error", std::sqrt(2 * std::max(analysis.objective.back(), 0.0)));
  json.field("seed", analysis.options.factorize.seed);
  json.end_object();
}

/// How parts were made again; null where they were made for the first time.
void write_resynth(const Analysis& analysis, JsonWriter& json) {
  if (!analysis.factors_were_stored) {
    json.null();
    return;
  }
  json.begin_object();
  json.field("merge", part_groups(analysis.options.separate.groups, analysis.w.cols()));
  json.end_object();
}

/// How components became parts; null where nobody asked.
void write_grouping(const PartsResult& parts, JsonWriter& json) {
  if (!parts.gathered()) {
    json.null();
    return;
  }
  json.begin_object();
  json.field("method", enum_word(parts.method));
  json.field("percussive_share", parts.percussive_share);
  json.field("percussive_threshold", parts.percussive_threshold);
  json.field("groups", parts.groups);
  json.field("confidence", parts.confidence);
  json.field("names", parts.names);
  json.key("tree");
  json.begin_array();
  for (const Merge& merge : parts.tree) {
    json.begin_object();
    json.field("first", merge.first);
    json.field("second", merge.second);
    json.field("log_odds", merge.log_odds);
    json.end_object();
  }
  json.end_array();
  json.field("suggestion_curve", parts.suggestion_curve);
  json.end_object();
}

void write_part(const WrittenPart& part, JsonWriter& json) {
  json.begin_object();
  json.field("name", part.name);
  json.field("file", part.file_name);
  json.field("peak_hz", part.component.peak_hz);
  json.text_or_null("note", part.component.note);
  json.field("energy_share", part.component.energy_share);
  json.field("first_onset_s", part.component.first_onset_s);
  json.field("level_db", part.level_db);
  json.field("peak", part.peak);
  if (part.num_events < 0) {
    json.null_field("kind");
    json.null_field("events");
  } else {
    json.field("kind", part_kind_name(part.kind));
    json.field("events", part.num_events);
  }
  json.end_object();
}

void write_seconds(const RunSeconds& seconds, JsonWriter& json) {
  const std::pair<const char*, double> stages[] = {
      {"decode", seconds.decode},       {"transform", seconds.transform},
      {"factorize", seconds.factorize}, {"separate", seconds.separate},
      {"events", seconds.events},       {"write", seconds.write},
      {"report", seconds.report},       {"total", seconds.total}};
  json.begin_object();
  for (const auto& [name, value] : stages) json.field(name, value);
  json.end_object();
}

void write_analysed(const SummaryFacts& facts, JsonWriter& json) {
  json.begin_object();
  json.field("rate", facts.signal.sample_rate_hz);
  json.field("channels", facts.signal.num_channels());
  json.field("samples", facts.signal.num_samples());
  json.field("offset", facts.options.range.offset_s);
  json.end_object();
}

void write_files(std::span<const StagedFile> files, JsonWriter& json) {
  json.begin_array();
  for (const StagedFile& file : files) {
    json.begin_object();
    json.field("name", file.name);
    json.field("bytes", file.bytes);
    json.field("sha256", file.sha256);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string summary_json(const SummaryFacts& facts) {
  JsonWriter json(json_document(2));
  json.begin_object();
  json.field("schema_version", kSummarySchemaVersion);
  json.key("program");
  json.begin_object();
  json.field("name", "partwise");
  json.field("version", kVersion);
  json.end_object();
  json.key("input");
  write_input(facts.input, json);
  json.key("analysed");
  write_analysed(facts, json);
  json.key("options");
  write_options(facts.options, json);
  json.key("factorization");
  write_factorization(facts.analysis, json);
  json.key("resynth");
  write_resynth(facts.analysis, json);
  json.key("grouping");
  write_grouping(facts.analysis.all_parts(), json);
  json.field("residual_db", facts.residual_db);
  json.field("model_residual_db", facts.analysis.model_residual_db);
  json.key("parts");
  json.begin_array();
  for (const WrittenPart& part : facts.parts) write_part(part, json);
  json.end_array();
  json.key("seconds");
  write_seconds(facts.seconds, json);
  json.key("warnings");
  json.begin_array();
  for (const Message& warning : facts.warnings) json.value(warning.text(flag_of));
  json.end_array();
  json.key("files");
  write_files(facts.files, json);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace partwise
