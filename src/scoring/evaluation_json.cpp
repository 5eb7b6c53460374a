#include <base/json_writer.hpp>
#include <cmath>
#include <optional>
#include <partwise/evaluate_folders.hpp>

namespace partwise {
namespace {

/// A score under the name it has in the file.
struct Field {
  const char* name;
  double SourceScores::* score;
  MeanInterval EvaluationMeans::* mean;
};
constexpr Field kFields[] = {
    {"sdr_db", &SourceScores::sdr_db, &EvaluationMeans::sdr_db},
    {"sir_db", &SourceScores::sir_db, &EvaluationMeans::sir_db},
    {"sar_db", &SourceScores::sar_db, &EvaluationMeans::sar_db},
    {"si_sdr_db", &SourceScores::si_sdr_db, &EvaluationMeans::si_sdr_db},
    {"sdr_improvement_db", &SourceScores::sdr_improvement_db, &EvaluationMeans::sdr_improvement_db},
    {"si_sdr_improvement_db", &SourceScores::si_sdr_improvement_db,
     &EvaluationMeans::si_sdr_improvement_db}};

void write_scores(const SourceScores& scores, JsonWriter& json) {
  for (const Field& field : kFields) json.field(field.name, scores.*field.score);
}

void write_source(const EvaluatedSource& source, JsonWriter& json) {
  json.begin_object();
  json.field("name", source.name);
  json.field("parts", source.parts);
  json.field("silent", source.is_silent);
  write_scores(source.scores, json);
  json.end_object();
}

void write_event_scores(const EventScores& scores, JsonWriter& json) {
  json.field("f", scores.f_measure());
  json.field("precision", scores.precision());
  json.field("recall", scores.recall());
  json.field("matched", scores.matched);
  json.field("true", scores.true_events);
  json.field("estimated", scores.estimated);
}

void write_class(const EvaluatedHits& hits, std::size_t c, JsonWriter& json) {
  json.begin_object();
  json.field("name", hits.classes[c]);
  json.key("parts");
  json.begin_array();
  for (std::size_t p = 0; p < hits.parts.size(); ++p) {
    if (hits.scores.class_of_part[p] == static_cast<Index>(c)) json.value(hits.parts[p]);
  }
  json.end_array();
  write_event_scores(hits.scores.classes[c], json);
  json.end_object();
}

void write_hits(const std::optional<EvaluatedHits>& hits, JsonWriter& json) {
  if (!hits) {
    json.null();
    return;
  }
  json.begin_object();
  write_event_scores(hits->scores.all, json);
  json.key("classes");
  json.begin_array();
  for (std::size_t c = 0; c < hits->classes.size(); ++c) write_class(*hits, c, json);
  json.end_array();
  json.end_object();
}

void write_notes(const EvaluatedItem& item, JsonWriter& json) {
  if (!item.notes) {
    json.null();
    return;
  }
  json.begin_object();
  write_event_scores(item.notes->onsets_and_pitches, json);
  json.key("with_offsets");
  json.begin_object();
  write_event_scores(item.notes->with_offsets, json);
  json.end_object();
  json.end_object();
}

void write_item(const EvaluatedItem& item, JsonWriter& json) {
  json.begin_object();
  json.field("name", item.name);
  json.field("matching", enum_word(item.matching));
  json.key("sources");
  json.begin_array();
  for (const EvaluatedSource& source : item.sources) write_source(source, json);
  json.end_array();
  json.field("unused_parts", item.unused_parts);
  json.key("mean");
  json.begin_object();
  write_scores(item.mean, json);
  json.end_object();
  json.field("left_over_db", item.left_over_db);
  json.key("hits");
  write_hits(item.hits, json);
  json.key("notes");
  write_notes(item, json);
  json.field("warnings", item.warnings);
  json.end_object();
}

void write_interval(const char* name, const MeanInterval& interval, JsonWriter& json) {
  json.key(name);
  if (!std::isfinite(interval.mean)) {
    json.null();
    return;
  }
  json.begin_object();
  json.field("mean", interval.mean);
  json.field("low", interval.low);
  json.field("high", interval.high);
  json.end_object();
}

/// The mean over items of what `value` gives for each; items for which it is NaN do not count.
template <class Value>
MeanInterval mean_over(const std::vector<EvaluatedItem>& items, Value value) {
  std::vector<double> values;
  for (const EvaluatedItem& item : items) {
    if (const double one = value(item); std::isfinite(one)) values.push_back(one);
  }
  return bootstrap_mean(values);
}

}  // namespace

EvaluationMeans evaluation_means(const std::vector<EvaluatedItem>& items) {
  EvaluationMeans means;
  for (const Field& field : kFields) {
    means.*field.mean =
        mean_over(items, [&](const EvaluatedItem& item) { return item.mean.*field.score; });
  }
  means.hits_f = mean_over(items, [](const EvaluatedItem& item) {
    return item.hits ? item.hits->scores.all.f_measure() : std::nan("");
  });
  means.notes_f = mean_over(items, [](const EvaluatedItem& item) {
    return item.notes ? item.notes->onsets_and_pitches.f_measure() : std::nan("");
  });
  return means;
}

std::string evaluation_json(const std::vector<EvaluatedItem>& items,
                            const EvaluateOptions& options) {
  JsonWriter json(json_document(2));
  json.begin_object();
  json.field("window_s", options.window_s);
  json.key("items");
  json.begin_array();
  for (const EvaluatedItem& item : items) write_item(item, json);
  json.end_array();
  const EvaluationMeans means = evaluation_means(items);
  json.key("means");
  json.begin_object();
  for (const Field& field : kFields) write_interval(field.name, means.*field.mean, json);
  write_interval("hits_f", means.hits_f, json);
  write_interval("notes_f", means.notes_f, json);
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace partwise
