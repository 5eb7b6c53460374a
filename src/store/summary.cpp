#include <cmath>
#include <nlohmann/json.hpp>
#include <partwise/version.hpp>
#include <store/summary.hpp>

namespace partwise {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kIndent = 2;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

const char* stop_reason_word(StopReason reason) {
  switch (reason) {
    case StopReason::tolerance:
      return "tolerance";
    case StopReason::max_iterations:
      return "max_iterations";
    case StopReason::stopped:
      return "stopped";
    case StopReason::silent_input:
      return "silent_input";
  }
  return "unknown";
}

const char* method_word(PartMethod method) {
  switch (method) {
    case PartMethod::automatic:
      return "auto";
    case PartMethod::plain:
      return "plain";
    case PartMethod::merge:
      return "merge";
    case PartMethod::drums:
      return "drums";
  }
  return "unknown";
}

namespace {

Json options_json(const RunOptions& options) {
  Json out = Json::object();
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    if (spec->use.in_summary) out[std::string(spec->name)] = Json::parse(spec->get(options));
  }
  return out;
}

Json factorization_json(const Analysis& analysis) {
  return {{"iterations", analysis.iterations},
          {"bf16_iterations", analysis.bf16_iterations},
          {"stop_reason", stop_reason_word(analysis.stop_reason)},
          {"objective_first", number(analysis.objective.front())},
          {"objective_last", number(analysis.objective.back())},
          {"reconstruction_error", number(std::sqrt(2 * std::max(analysis.objective.back(), 0.0)))},
          {"seed", analysis.options.factorize.seed}};
}

/// How parts were made again; null where they were made for the first time.
Json resynth_json(const Analysis& analysis) {
  if (!analysis.factors_were_stored) return nullptr;
  return {{"merge", part_groups(analysis.options.separate.groups, analysis.w.cols())}};
}

/// How components became parts; null where nobody asked.
Json grouping_json(const PartsResult& parts) {
  if (!parts.gathered()) return nullptr;
  Json tree = Json::array();
  for (const Merge& merge : parts.tree) {
    tree.push_back(
        {{"first", merge.first}, {"second", merge.second}, {"log_odds", number(merge.log_odds)}});
  }
  return {{"method", method_word(parts.method)},
          {"percussive_share", number(parts.percussive_share)},
          {"percussive_threshold", number(parts.percussive_threshold)},
          {"groups", parts.groups},
          {"confidence", parts.confidence},
          {"names", parts.names},
          {"tree", std::move(tree)},
          {"suggestion_curve", parts.suggestion_curve}};
}

Json part_json(const WrittenPart& part) {
  return {{"name", part.name},
          {"file", part.file_name},
          {"peak_hz", number(part.component.peak_hz)},
          {"note", text_or_null(part.component.note)},
          {"energy_share", number(part.component.energy_share)},
          {"first_onset_s", number(part.component.first_onset_s)},
          {"level_db", number(part.level_db)},
          {"peak", number(part.peak)},
          {"kind", part.num_events < 0 ? Json(nullptr) : Json(part_kind_name(part.kind))},
          {"events", part.num_events < 0 ? Json(nullptr) : Json(part.num_events)}};
}

Json seconds_json(const RunSeconds& seconds) {
  return {{"decode", number(seconds.decode)},       {"transform", number(seconds.transform)},
          {"factorize", number(seconds.factorize)}, {"separate", number(seconds.separate)},
          {"events", number(seconds.events)},       {"write", number(seconds.write)},
          {"report", number(seconds.report)},       {"total", number(seconds.total)}};
}

}  // namespace

std::string summary_json(const SummaryFacts& facts) {
  const AudioInfo& info = facts.input.info;
  Json out;
  out["schema_version"] = kSummarySchemaVersion;
  out["program"] = {{"name", "partwise"}, {"version", kVersion}};
  out["input"] = {
      {"name", facts.input.name},
      {"sha256", text_or_null(facts.input.sha256)},
      {"format", info.format},
      {"rate", number(info.sample_rate_hz)},
      {"channels", info.num_channels},
      {"seconds",
       number(info.sample_rate_hz > 0 ? static_cast<double>(info.num_samples) / info.sample_rate_hz
                                      : 0)}};
  out["analysed"] = {{"rate", number(facts.signal.sample_rate_hz)},
                     {"channels", facts.signal.num_channels()},
                     {"samples", facts.signal.num_samples()},
                     {"offset", number(facts.options.range.offset_s)}};
  out["options"] = options_json(facts.options);
  out["factorization"] = factorization_json(facts.analysis);
  out["resynth"] = resynth_json(facts.analysis);
  out["grouping"] = grouping_json(facts.analysis.parts);
  out["residual_db"] = number(facts.residual_db);
  out["model_residual_db"] = number(facts.analysis.model_residual_db);
  out["parts"] = Json::array();
  for (const WrittenPart& part : facts.parts) out["parts"].push_back(part_json(part));
  out["seconds"] = seconds_json(facts.seconds);
  out["warnings"] = facts.warnings;
  out["files"] = Json::array();
  for (const StagedFile& file : facts.files) {
    out["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  // A name may hold bytes that are not UTF-8; they show as U+FFFD.
  return out.dump(kIndent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace partwise
