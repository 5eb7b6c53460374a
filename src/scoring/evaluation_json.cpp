#include <cmath>
#include <nlohmann/json.hpp>
#include <partwise/evaluate_folders.hpp>

namespace partwise {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kIndent = 2;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

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

Json scores_json(const SourceScores& scores) {
  Json out;
  for (const Field& field : kFields) out[field.name] = number(scores.*field.score);
  return out;
}

Json source_json(const EvaluatedSource& source) {
  Json out = {{"name", source.name}, {"parts", source.parts}, {"silent", source.is_silent}};
  out.update(scores_json(source.scores));
  return out;
}

Json events_json(const EventScores& scores) {
  return {{"f", scores.f_measure()},    {"precision", scores.precision()},
          {"recall", scores.recall()},  {"matched", scores.matched},
          {"true", scores.true_events}, {"estimated", scores.estimated}};
}

Json hits_json(const EvaluatedHits& hits) {
  Json out = events_json(hits.scores.all);
  out["classes"] = Json::array();
  for (std::size_t c = 0; c < hits.classes.size(); ++c) {
    Json one = {{"name", hits.classes[c]}, {"parts", Json::array()}};
    for (std::size_t p = 0; p < hits.parts.size(); ++p) {
      if (hits.scores.class_of_part[p] == static_cast<Index>(c)) {
        one["parts"].push_back(hits.parts[p]);
      }
    }
    one.update(events_json(hits.scores.classes[c]));
    out["classes"].push_back(one);
  }
  return out;
}

Json item_json(const EvaluatedItem& item) {
  Json out = {{"name", item.name}, {"matching", part_matching_name(item.matching)}};
  out["sources"] = Json::array();
  for (const EvaluatedSource& source : item.sources) out["sources"].push_back(source_json(source));
  out["unused_parts"] = item.unused_parts;
  out["mean"] = scores_json(item.mean);
  out["left_over_db"] = number(item.left_over_db);
  out["hits"] = item.hits ? hits_json(*item.hits) : Json(nullptr);
  out["notes"] = nullptr;
  if (item.notes) {
    out["notes"] = events_json(item.notes->onsets_and_pitches);
    out["notes"]["with_offsets"] = events_json(item.notes->with_offsets);
  }
  out["warnings"] = item.warnings;
  return out;
}

Json interval_json(const MeanInterval& interval) {
  if (!std::isfinite(interval.mean)) return nullptr;
  return {{"mean", interval.mean}, {"low", interval.low}, {"high", interval.high}};
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

std::string_view part_matching_name(PartMatching matching) {
  switch (matching) {
    case PartMatching::automatic:
      return "auto";
    case PartMatching::names:
      return "names";
    case PartMatching::permutation:
      return "permutation";
    case PartMatching::oracle:
      return "oracle";
  }
  return "unknown";
}

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
  Json out = {{"window_s", options.window_s}, {"items", Json::array()}};
  for (const EvaluatedItem& item : items) out["items"].push_back(item_json(item));
  const EvaluationMeans means = evaluation_means(items);
  Json& json = out["means"];
  for (const Field& field : kFields) json[field.name] = interval_json(means.*field.mean);
  json["hits_f"] = interval_json(means.hits_f);
  json["notes_f"] = interval_json(means.notes_f);
  // A name may hold bytes that are not UTF-8; they show as U+FFFD.
  return out.dump(kIndent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace partwise
