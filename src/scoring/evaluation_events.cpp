#include <algorithm>
#include <cmath>
#include <filesystem>
#include <formats/csv_table.hpp>
#include <formats/midi_read.hpp>
#include <map>
#include <partwise/audio_file.hpp>
#include <scoring/evaluation_events.hpp>

namespace partwise {
namespace {

/// The first of these files that is there.
std::optional<CsvTable> table_of(const std::string& folder,
                                 std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto path = std::filesystem::path(folder) / name;
    std::error_code unreadable;
    if (std::filesystem::is_regular_file(path, unreadable)) return CsvTable(path.string());
  }
  return {};
}

/// The notes of the folder's events.mid, if it is there.
std::optional<std::vector<MidiNote>> midi_of(const std::string& folder) {
  const auto path = std::filesystem::path(folder) / "events.mid";
  std::error_code unreadable;
  if (!std::filesystem::is_regular_file(path, unreadable)) return {};
  return read_midi(*open_file(path.string()));
}

struct LabelledTimes {
  std::vector<std::string> labels;
  std::vector<EventTimes> times;
};

LabelledTimes labelled(std::map<std::string, EventTimes> times) {
  LabelledTimes out;
  for (auto& [name, found] : times) {
    out.labels.push_back(name);
    out.times.push_back(std::move(found));
  }
  return out;
}

LabelledTimes hits_of(const CsvTable& table) {
  const Index onset = table.required_column({"onset", "onset_s"});
  const Index label = table.required_column({"class", "part", "component"});
  std::map<std::string, EventTimes> times;
  for (Index row = 0; row < table.num_rows(); ++row) {
    times[table.text(row, label)].push_back(table.number(row, onset));
  }
  return labelled(std::move(times));
}

/// The drum channel's, each key a part.
LabelledTimes hits_of(const std::vector<MidiNote>& notes) {
  std::map<std::string, EventTimes> times;
  for (const MidiNote& note : notes) {
    if (note.channel == kMidiDrumChannel) {
      times["key " + std::to_string(note.key)].push_back(note.onset_s);
    }
  }
  return labelled(std::move(times));
}

/// Those of all other channels.
std::vector<NoteEvent> notes_of(const std::vector<MidiNote>& notes) {
  std::vector<NoteEvent> out;
  for (const MidiNote& note : notes) {
    if (note.channel == kMidiDrumChannel) continue;
    out.push_back({note.onset_s, note.offset_s, static_cast<double>(note.key)});
  }
  return out;
}

/// Those that have a pitch and are not told to be hits. A true note is at least as long as the grid
/// that annotations have.
std::vector<NoteEvent> notes_of(const CsvTable& table) {
  constexpr double kShortest_s = 0.01;
  const Index onset = table.required_column({"onset", "onset_s"});
  const Index offset = table.required_column({"offset", "offset_s"});
  const Index pitch = table.required_column({"midi", "pitch"});
  const auto kind = table.column({"kind"});
  std::vector<NoteEvent> notes;
  for (Index row = 0; row < table.num_rows(); ++row) {
    if (table.text(row, pitch).empty() || (kind && table.text(row, *kind) == "hit")) continue;
    NoteEvent note{table.number(row, onset), table.number(row, offset), table.number(row, pitch)};
    note.offset_s = std::max(note.offset_s, note.onset_s + kShortest_s);
    notes.push_back(note);
  }
  return notes;
}

/// hits_of() or notes_of() what the folder tells of: a table, or else events.mid.
template <class Read>
auto estimated(const std::string& folder, std::initializer_list<std::string_view> tables, Read read)
    -> std::optional<decltype(read(std::vector<MidiNote>()))> {
  if (const auto table = table_of(folder, tables)) return read(*table);
  if (const auto notes = midi_of(folder)) return read(*notes);
  return {};
}

}  // namespace

std::optional<EvaluatedHits> evaluate_hits(const std::string& truth, const std::string& estimates,
                                           double window_s) {
  const auto true_table = table_of(truth, {"drums.csv"});
  auto parts = estimated(estimates, {"events.csv", "drums.csv"},
                         [](const auto& from) { return hits_of(from); });
  if (!true_table || !parts) return {};
  LabelledTimes classes = hits_of(*true_table);
  EvaluatedHits out;
  out.scores = score_hits(classes.times, parts->times, window_s);
  out.classes = std::move(classes.labels);
  out.parts = std::move(parts->labels);
  return out;
}

std::optional<EvaluatedNotes> evaluate_notes(const std::string& truth, const std::string& estimates,
                                             double window_s) {
  const auto true_table = table_of(truth, {"notes.csv"});
  const auto notes = estimated(estimates, {"events.csv", "notes.csv"},
                               [](const auto& from) { return notes_of(from); });
  if (!true_table || !notes) return {};
  const std::vector<NoteEvent> true_notes = notes_of(*true_table);
  NoteRules rules;
  rules.onset_window_s = window_s;
  EvaluatedNotes out;
  out.onsets_and_pitches = score_notes(true_notes, *notes, rules);
  rules.with_offsets = true;
  out.with_offsets = score_notes(true_notes, *notes, rules);
  return out;
}

}  // namespace partwise
