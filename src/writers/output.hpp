#pragma once
// What a run writes is a table of outputs (output_table.cpp). Each takes the parts as they are
// made, and leaves files in the run's folder.
#include <disk/staged_folder.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <partwise/decompose.hpp>
#include <partwise/events.hpp>
#include <partwise/outputs.hpp>
#include <partwise/report_audio.hpp>
#include <span>
#include <store/merged_parts.hpp>
#include <string>
#include <string_view>
#include <vector>
#include <writers/run_tracks.hpp>
#include <writers/track_maker.hpp>

namespace partwise {

/// What a run will write, as far as it is known before any work.
struct RunPlan {
  std::string folder;
  Index num_parts = 0;  ///< at most, where their number is left to the program
  Index num_channels = 0;
  Index num_samples = 0;
  double sample_rate_hz = 0;
  bool with_input = false;  ///< the input is written as a track too
  const Container& container;
};

/// All that is known of a run when its parts are about to be made. Outlives the outputs.
struct RunContext {
  StagedFolder& folder;
  const Signal& signal;  ///< as it was analysed
  const Analysis& analysis;
  const InputFacts& input;
  RunOptions asked;    ///< as they were given
  RunOptions options;  ///< as they are in force
  const Container& container;
  const ReportCodecs& codecs;
  MergedParts merged;                ///< what each part is made of and sounds like
  std::vector<PartName> part_names;  ///< of each part
  std::vector<RunTrack> tracks;      ///< parts, mix, residual, perhaps input, with their files
  std::optional<std::uint64_t> time_reference;  ///< samples from midnight to the first one
  Reducer& reducer;
  const RunControl& control;
};

/// What is found out on the way. Grows from output to output, in the order of the table.
struct RunResults {
  // Known once the last block was added.
  std::vector<TrackFacts> tracks;  ///< of RunContext::tracks
  double signal_rms = 0;
  // Known once outputs are closed; `events` to those that close after the output of that name.
  std::vector<PartEvents> events;  ///< of every part; empty with RunOptions::events off
  std::vector<WrittenPart> parts;
  std::vector<Message> warnings;
  double residual_db = 0;
  // Of the outputs that have finished.
  std::vector<StagedFile> files;
  RunSeconds seconds;
  std::string summary_json;
  bool report_has_sound = false;
};

/// A stretch of a run: its parts as they were separated, and every track of RunContext::tracks as
/// it is written, on the grid of the format. Views are valid during the call alone.
struct RunBlock {
  const PartsBlock& parts;
  std::span<const MatrixView<const float>> tracks;  ///< each [count x channels]
  std::span<const TrackFacts> facts;  ///< of each track up to here, this block included
};

/// Independent pieces of work that complete files: those of all outputs are done side by side.
class ClosingWork {
 public:
  void add(std::function<void()> task) { tasks_.push_back(std::move(task)); }
  /// For a task that mostly waits for the disk: begun after all others.
  void add_waiting(std::function<void()> task) { waiting_.push_back(std::move(task)); }
  void run(Reducer& reducer);

 private:
  std::vector<std::function<void()>> tasks_, waiting_;
};

/// One output of one run: made before the parts are, then add() for every block, close(), finish().
/// All on one thread. Whatever it throws ends the run, and nothing of the folder remains.
class Output {
 public:
  Output() = default;
  virtual ~Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Blocks come in order and cover the signal; no file may depend on their length.
  virtual void add(const RunBlock& /*block*/) {}
  /// After the last block. May use the reducer; what `work` is given may not. RunResults holds the
  /// tracks, and what the outputs before this one in the table have put there.
  virtual void close(RunResults& /*results*/, ClosingWork& /*work*/) {}
  /// After the closing work of all outputs, in the order of the table. Returns the names of this
  /// output's files in the order in which the summary lists them; all are complete.
  [[nodiscard]] virtual std::vector<std::string> finish(RunResults& results) = 0;
};

/// For the rows of the table: makes an output of that class.
template <class T>
[[nodiscard]] std::unique_ptr<Output> make_output(const RunContext& context) {
  return std::make_unique<T>(context);
}

/// In OutputSpec::after: it stands last.
inline constexpr std::string_view kAllOthers = "*";

/// A row of the table.
struct OutputSpec {
  std::string_view name;
  bool (*wanted)(const RunOptions&) = nullptr;
  std::unique_ptr<Output> (*make)(const RunContext&) = nullptr;
  /// The outputs whose results this one reads, where they are wanted; they stand before it.
  std::vector<std::string_view> after = {};
  double RunSeconds::* seconds = &RunSeconds::write;  ///< the stage that its time counts for
  /// Refuses before the work begins what this output cannot do. Throws Error(usage),
  /// Error(cannot_write).
  void (*check)(const RunOptions&, const RunPlan&) = nullptr;
};

}  // namespace partwise
