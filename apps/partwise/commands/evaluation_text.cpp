#include "commands/evaluation_text.hpp"

#include <algorithm>
#include <cmath>
#include <partwise/display_text.hpp>

#include "commands/each_input.hpp"
#include "commands/parts_table.hpp"
#include "terminal/text_layout.hpp"
#include "terminal/text_table.hpp"

namespace partwise::program {
namespace {

constexpr int kDbDecimals = 2, kShareDecimals = 3;
constexpr std::size_t kName = 0;

/// A score, its heading, and how early its column goes where room is short.
struct Score {
  const char* heading;
  double SourceScores::* value;
  MeanInterval EvaluationMeans::* mean;
  int dispensable;
};
constexpr Score kScores[] = {
    {"SDR", &SourceScores::sdr_db, &EvaluationMeans::sdr_db, 0},
    {"SIR", &SourceScores::sir_db, &EvaluationMeans::sir_db, 3},
    {"SAR", &SourceScores::sar_db, &EvaluationMeans::sar_db, 4},
    {"SDRi", &SourceScores::sdr_improvement_db, &EvaluationMeans::sdr_improvement_db, 5},
    {"SI-SDR", &SourceScores::si_sdr_db, &EvaluationMeans::si_sdr_db, 0},
    {"SI-SDRi", &SourceScores::si_sdr_improvement_db, &EvaluationMeans::si_sdr_improvement_db, 6},
};

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " ") + display_text(name);
  return out;
}

std::string matching_text(PartMatching matching) {
  switch (matching) {
    case PartMatching::names:
      return "parts matched by name";
    case PartMatching::permutation:
      return "one part for each source, by the best mean SIR";
    default:
      return "parts grouped by the oracle: an upper bound of what sorting them by ear can give";
  }
}

std::string share_of(const EventScores& scores) {
  return "F " + fixed(scores.f_measure(), kShareDecimals) + ", precision " +
         fixed(scores.precision(), kShareDecimals) + ", recall " +
         fixed(scores.recall(), kShareDecimals) + " (" + std::to_string(scores.matched) + " of " +
         std::to_string(scores.true_events) + " found, " + std::to_string(scores.estimated) +
         " heard)";
}

std::string notes_on(const EvaluatedItem& item, std::size_t columns) {
  constexpr std::size_t kColumn = 13;
  std::string out;
  const auto add = [&](const std::string& term, const std::string& value) {
    out += definition("  " + term, value, kColumn, columns);
  };
  add("matched", matching_text(item.matching));
  if (!item.unused_parts.empty()) add("unused", joined(item.unused_parts));
  add("left over", fixed(item.left_over_db, 1) + " dB of the mixture that is in no part");
  if (item.hits) {
    add("hits", share_of(item.hits->scores.all));
    for (std::size_t c = 0; c < item.hits->classes.size(); ++c) {
      add("", display_text(item.hits->classes[c]) + ": F " +
                  fixed(item.hits->scores.classes[c].f_measure(), kShareDecimals));
    }
  }
  if (item.notes) {
    add("notes", share_of(item.notes->onsets_and_pitches));
    add("", "with offsets: F " + fixed(item.notes->with_offsets.f_measure(), kShareDecimals));
  }
  return out;
}

/// Has any item scores of that kind?
template <class Events>
bool any_has(const std::vector<EvaluatedItem>& items, Events events) {
  return std::ranges::any_of(items, [&](const EvaluatedItem& item) { return !!(item.*events); });
}

std::string interval_end(const MeanInterval& interval, bool is_high, int decimals) {
  return fixed(is_high ? interval.high : interval.low, decimals);
}

}  // namespace

std::string item_text(const EvaluatedItem& item, std::size_t columns, bool colour) {
  constexpr int kFirstToGo = 7;
  std::vector<Column> table = {{"source", {}, true, 0}};
  for (const EvaluatedSource& source : item.sources) {
    table[kName].cells.push_back(display_text(source.name));
  }
  table[kName].cells.emplace_back("mean");
  for (const Score& score : kScores) {
    Column column{score.heading, {}, false, score.dispensable};
    for (const EvaluatedSource& source : item.sources) {
      column.cells.push_back(fixed(source.scores.*score.value, kDbDecimals));
    }
    column.cells.push_back(fixed(item.mean.*score.value, kDbDecimals));
    table.push_back(std::move(column));
  }
  Column parts{"parts", {}, true, kFirstToGo};
  for (const EvaluatedSource& source : item.sources) parts.cells.push_back(joined(source.parts));
  parts.cells.emplace_back();
  table.push_back(std::move(parts));
  return text_table(std::move(table), kName, columns, colour) + "\n" + notes_on(item, columns);
}

std::string items_text(std::vector<EvaluatedItem> items, std::size_t columns, bool colour) {
  std::ranges::stable_sort(items, {}, [](const EvaluatedItem& item) {
    return std::isfinite(item.mean.sdr_db) ? item.mean.sdr_db : kScoreFloorDb;
  });
  const EvaluationMeans means = evaluation_means(items);
  std::vector<Column> table = {{"recording", {}, true, 0}};
  for (const EvaluatedItem& item : items) table[kName].cells.push_back(display_text(item.name));
  for (const char* word : {"mean", "95 % from", "to"}) table[kName].cells.emplace_back(word);
  const auto add = [&](const char* heading, int dispensable, int decimals, const MeanInterval& mean,
                       const auto& value) {
    Column column{heading, {}, false, dispensable};
    for (const EvaluatedItem& item : items) column.cells.push_back(fixed(value(item), decimals));
    column.cells.push_back(fixed(mean.mean, decimals));
    column.cells.push_back(interval_end(mean, false, decimals));
    column.cells.push_back(interval_end(mean, true, decimals));
    table.push_back(std::move(column));
  };
  for (const Score& score : kScores) {
    add(score.heading, score.dispensable, kDbDecimals, means.*score.mean,
        [&](const EvaluatedItem& item) { return item.mean.*score.value; });
  }
  if (any_has(items, &EvaluatedItem::hits)) {
    add("hits F", 1, kShareDecimals, means.hits_f, [](const EvaluatedItem& item) {
      return item.hits ? item.hits->scores.all.f_measure() : std::nan("");
    });
  }
  if (any_has(items, &EvaluatedItem::notes)) {
    add("notes F", 2, kShareDecimals, means.notes_f, [](const EvaluatedItem& item) {
      return item.notes ? item.notes->onsets_and_pitches.f_measure() : std::nan("");
    });
  }
  return text_table(std::move(table), kName, columns, colour) + "\n  means over " +
         counted(static_cast<Index>(items.size()), "recording") +
         " of the means over their sources\n";
}

}  // namespace partwise::program
