#include <algorithm>
#include <map>
#include <partwise/error.hpp>
#include <scoring/evaluation_events.hpp>
#include <scoring/sound_sections.hpp>
#include <utility>

namespace partwise {
namespace {

/// The files of an item: references first, then parts, then perhaps the mixture.
struct Sounds {
  std::vector<NamedSound> all;
  Index num_references = 0;
  Index num_parts = 0;

  [[nodiscard]] const std::string& reference(Index i) const { return all[i].name; }
  [[nodiscard]] const std::string& part(Index p) const { return all[num_references + p].name; }
};

Sounds sounds_of(const EvaluationItem& item) {
  Sounds sounds;
  sounds.all = sounds_in(item.references);
  // Beside the stems of a folder that holds nothing else may lie their sum.
  if (item.references == item.truth && sounds.all.size() > 1) {
    std::erase_if(sounds.all, [](const NamedSound& sound) { return sound.name == "mix"; });
  }
  sounds.num_references = static_cast<Index>(sounds.all.size());
  if (sounds.num_references == 0) {
    throw Error(ErrorCode::cannot_read,
                item.references + ": no references in it, expected WAV, FLAC or AIFF files");
  }
  const std::vector<NamedSound> parts = parts_in(item.estimates);
  sounds.num_parts = static_cast<Index>(parts.size());
  sounds.all.insert(sounds.all.end(), parts.begin(), parts.end());
  if (!item.mixture.empty()) sounds.all.push_back({"mix", item.mixture});
  return sounds;
}

/// Each part with the source of its name; empty unless every source has just one part.
Assignment match_by_names(const Sounds& sounds) {
  std::map<std::string, Index> sources;
  for (Index i = 0; i < sounds.num_references; ++i) sources[sounds.reference(i)] = i;
  Assignment assignment(static_cast<std::size_t>(sounds.num_parts), kNoSource);
  for (Index p = 0; p < sounds.num_parts; ++p) {
    const auto found = sources.find(sounds.part(p));
    if (found == sources.end()) continue;
    assignment[p] = found->second;
    sources.erase(found);
  }
  return sources.empty() ? assignment : Assignment();
}

struct Matched {
  PartMatching matching = PartMatching::oracle;
  Assignment assignment;
};

Matched match(const Sounds& sounds, const SignalSums& sums, const EvaluationItem& item,
              PartMatching matching) {
  if (matching == PartMatching::names || matching == PartMatching::automatic) {
    const bool is_asked_for = matching == PartMatching::names;
    Assignment by_names = match_by_names(sounds);
    const bool fits =
        !by_names.empty() && (is_asked_for || sounds.num_parts == sounds.num_references);
    if (fits) return {PartMatching::names, std::move(by_names)};
    if (is_asked_for) {
      throw bad_argument(
          "match", "names",
          "a part in " + item.estimates + " for the name of each source in " + item.references);
    }
  }
  if (matching != PartMatching::permutation) return {PartMatching::oracle, group_by_oracle(sums)};
  if (sounds.num_parts != sounds.num_references) {
    throw bad_argument("match", "permutation",
                       "as many parts as sources, not " + std::to_string(sounds.num_parts) +
                           " in " + item.estimates + " for " +
                           std::to_string(sounds.num_references));
  }
  return {matching, match_by_sir(sums)};
}

SignalSums sums_of(SoundSections& sections, const Sounds& sounds, Reducer& reducer,
                   const RunControl& control) {
  std::optional<SignalSums> sums;
  while (sections.next()) {
    control.check_stop();
    if (!sums) sums.emplace(sounds.num_references, sounds.num_parts, sections.num_channels());
    const std::span<const MatrixView<const float>> views = sections.views();
    ScoredSection section;
    section.count = sections.count();
    section.references = views.first(sounds.num_references);
    section.parts = views.subspan(sounds.num_references, sounds.num_parts);
    const bool has_mixture = views.size() > section.references.size() + section.parts.size();
    if (has_mixture) section.mixture = views.back();
    sums->add(section, reducer, control);
  }
  if (!sums) sums.emplace(sounds.num_references, sounds.num_parts, 1);
  return std::move(*sums);
}

void add_silence_warnings(const SignalSums& sums, EvaluatedItem& item, const Sounds& sounds) {
  for (const EvaluatedSource& source : item.sources) {
    if (source.is_silent) {
      item.warnings.push_back(source.name + ": the reference is silent: no score is defined");
    } else if (source.parts.empty()) {
      item.warnings.push_back(source.name + ": no part belongs to it: it counts as " +
                              std::to_string(static_cast<int>(kScoreFloorDb)) + " dB in the means");
    }
  }
  for (Index p = 0; p < sounds.num_parts; ++p) {
    if (sums.is_silent(sums.part(p))) {
      item.warnings.push_back(sounds.part(p) + ": the part is silent");
    }
  }
}

}  // namespace

EvaluatedItem evaluate_item(const EvaluationItem& item, const EvaluateOptions& options,
                            std::uint64_t memory_bytes, const ReadSound& read, Reducer& reducer,
                            const RunControl& control) {
  const Sounds sounds = sounds_of(item);
  EvaluatedItem out;
  out.name = item.name;
  // Before the sound, which takes longer: a line of a table that cannot be read is told at once.
  out.hits = evaluate_hits(item.truth, item.estimates, options.window_s);
  out.notes = evaluate_notes(item.truth, item.estimates, options.window_s);
  SoundSections sections(sounds.all, sounds.num_references, memory_bytes, read);
  const SignalSums sums = sums_of(sections, sounds, reducer, control);
  out.warnings = sections.warnings();

  const Matched matched = match(sounds, sums, item, options.matching);
  const std::vector<SourceScores> scores = score_sources(sums, matched.assignment);
  out.matching = matched.matching;
  for (Index i = 0; i < sounds.num_references; ++i) {
    out.sources.push_back({sounds.reference(i), {}, sums.is_silent(i), scores[i]});
  }
  for (Index p = 0; p < sounds.num_parts; ++p) {
    const Index source = matched.assignment[p];
    (source == kNoSource ? out.unused_parts : out.sources[source].parts).push_back(sounds.part(p));
  }
  out.mean = mean_scores(sums, scores);
  out.left_over_db = left_over_db(sums);
  add_silence_warnings(sums, out, sounds);
  return out;
}

}  // namespace partwise
