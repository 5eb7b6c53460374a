#pragma once
#include <functional>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/evaluate.hpp>
#include <partwise/evaluation_options.hpp>
#include <string>
#include <vector>

namespace partwise {

/// A recording whose sources are known, and what somebody made of it.
struct EvaluationItem {
  std::string name;
  std::string references;  ///< folder of a file for each source
  std::string truth;       ///< folder of drums.csv and notes.csv, where there are any
  std::string mixture;     ///< file; empty: the sum of the references
  std::string estimates;   ///< folder of the parts; empty where there is none for this item
};

/// What two folders hold. `reference_folder` is one item: files of sound, one for each source, or a
/// folder `stems` of them beside mix.wav, drums.csv and notes.csv; or a folder of such items, whose
/// estimates are in folders of the same name, or that name and ".parts", in `estimate_folder`.
/// Throws Error(cannot_read), Error(usage).
[[nodiscard]] std::vector<EvaluationItem> find_items(const std::string& reference_folder,
                                                     const std::string& estimate_folder,
                                                     const EvaluateOptions& options);

/// A source and what was assigned to it.
struct EvaluatedSource {
  std::string name;
  std::vector<std::string> parts;
  bool is_silent = false;  ///< it is not scored
  SourceScores scores;
};

struct EvaluatedHits {
  std::vector<std::string> classes;
  std::vector<std::string> parts;
  HitScores scores;
};

struct EvaluatedNotes {
  EventScores onsets_and_pitches;
  EventScores with_offsets;
};

struct EvaluatedItem {
  std::string name;
  PartMatching matching = PartMatching::automatic;  ///< as it was done, not automatic
  std::vector<EvaluatedSource> sources;
  std::vector<std::string> unused_parts;  ///< that belong to no source
  SourceScores mean;
  double left_over_db = 0;  ///< see left_over_db()
  std::optional<EvaluatedHits> hits;
  std::optional<EvaluatedNotes> notes;
  std::vector<std::string> warnings;
};

/// Reads a stretch of a file.
using ReadSound = std::function<DecodedAudio(const std::string& path, const DecodeRange& range)>;

/// Scores an item. Sound is read in sections that fit into `memory_bytes`, which for short
/// recordings is one. Parts that end before the references count as silent from there; what is
/// longer is cut; parts with other channels than the references become mono or are repeated. Parts
/// are those that summary.json tells of; without one, all files of sound but residual*, *_residual*
/// and mix*. Throws Error(cannot_read) where a folder holds none, Error(malformed) where rates
/// differ, Error(usage) where the matching asks for other numbers, and what `read` throws.
[[nodiscard]] EvaluatedItem evaluate_item(const EvaluationItem& item,
                                          const EvaluateOptions& options,
                                          std::uint64_t memory_bytes, const ReadSound& read,
                                          Reducer& reducer, const RunControl& control);

/// Means over items; of hits and notes over the items that have them.
struct EvaluationMeans {
  MeanInterval sdr_db, sir_db, sar_db, si_sdr_db, sdr_improvement_db, si_sdr_improvement_db;
  MeanInterval hits_f, notes_f;
};
[[nodiscard]] EvaluationMeans evaluation_means(const std::vector<EvaluatedItem>& items);

/// What `partwise evaluate --json` prints: {"window_s", "items": [...], "means": {...}}; see
/// docs/evaluate.md. What is not defined is null.
[[nodiscard]] std::string evaluation_json(const std::vector<EvaluatedItem>& items,
                                          const EvaluateOptions& options);

}  // namespace partwise
