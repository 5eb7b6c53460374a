#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/decompose.hpp>
#include <partwise/error.hpp>
#include <partwise/events.hpp>
#include <partwise/reducer.hpp>
#include <partwise/report_audio.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// The recording as the summary names it.
struct InputFacts {
  std::string name;    ///< as the user gave it, without folders
  std::string sha256;  ///< of the file's bytes; empty: null
  AudioInfo info;
  bool analysed_differs =
      false;  ///< offset, duration, mono, resampling or rounding changed the samples
};

/// Seconds of wall clock by stage; what was not measured is 0.
struct RunSeconds {
  double decode = 0, transform = 0, factorize = 0, separate = 0, events = 0, write = 0, report = 0,
         total = 0;
};

/// One part as it was written.
struct WrittenPart {
  std::string name;       ///< "part-00", or the name that was given or found
  std::string file_name;  ///< "part-00.wav", "part-00-kick.wav"
  ComponentDescription component;
  double level_db = 0;              ///< RMS re full scale; NaN: silent
  double peak = 0;                  ///< largest absolute sample
  std::vector<Index> members = {};  ///< the components it is made of
  /// See PartsResult; NaN where parts were not gathered.
  double confidence = std::numeric_limits<double>::quiet_NaN();
  PartKind kind = PartKind::silent;  ///< of its events; nothing is known where none were looked for
  Index num_events = -1;             ///< -1: none were looked for
};

/// What a run left behind.
struct WrittenRun {
  std::string folder;
  std::string summary_json;  ///< the text of summary.json
  std::vector<WrittenPart> parts;
  std::vector<Message> warnings;
  std::vector<PartEvents> events;  ///< of every part; empty with RunOptions::events off
  double residual_db = 0;  ///< RMS of residual re RMS of the signal; NaN if either is silent
  bool report_written = false;
  bool report_has_sound = false;  ///< in itself, and not only as links to files
};

/// What write_run() writes, and what it needs for that. Holds references.
struct RunToWrite {
  const Signal& signal;  ///< as it was analysed
  const Analysis& analysis;
  const InputFacts& input;
  const RunOptions& options;
  const Container& container;
  RunSeconds seconds = {};  ///< of what came before: `decode`
  /// Without them the report's sound is WAV or links.
  ReportCodecs codecs = {};
};

/// Writes parts, mix, residual, factors.npz, events, summary.json, report.html and, if asked,
/// one-shots and pictures as one folder, atomically. The residual is the signal minus the sum of
/// the parts as written, computed in double. Throws Error(cannot_write), Error(stopped).
[[nodiscard]] WrittenRun write_run(const std::string& folder, const RunToWrite& run,
                                   Reducer& reducer, const RunControl& control);

/// May `folder` be written or replaced? Throws Error(cannot_write). Before any work.
void check_output_folder(const std::string& folder, bool force);

/// What a message calls an input: a path as it was given; of an address, which may hold a password,
/// what input_name() makes of it.
[[nodiscard]] std::string shown_input(const std::string& input);

/// The folder that each of several inputs is written into: default_output_folder(), below `output`
/// where that is given; a single input is written into `output` itself. Throws Error(usage) where
/// two would be written into the same folder.
[[nodiscard]] std::vector<std::string> output_folders(const std::vector<std::string>& inputs,
                                                      const std::string& output);

/// The folder that holds the folders of several runs: made where there is none, and taken away
/// again if nothing came to lie in it.
class OutputParent {
 public:
  /// `folder` may be empty, which needs nothing. Throws Error(cannot_write).
  explicit OutputParent(const std::string& folder);
  ~OutputParent();
  OutputParent(const OutputParent&) = delete;
  OutputParent& operator=(const OutputParent&) = delete;

 private:
  std::string made_;  // empty: it was there
};

/// The same JSON without line ends, and one at its end.
[[nodiscard]] std::string json_on_one_line(std::string_view json);

/// What stands in the place of a summary that was not made, on one line: {"input": {"name": ...},
/// "error": {"code": ..., "message": ...}}.
[[nodiscard]] std::string failure_json(const std::string& input, ErrorCode code,
                                       const std::string& message);

/// Can the container hold this signal's rate and channels, and is there room for the parts? Throws
/// Error(usage), Error(cannot_write). Before the long work; write_run asks again.
void check_output(const std::string& folder, const Signal& signal, bool with_input,
                  const RunOptions& options, const Container& container);

/// Bytes that a run on this much sound holds at its peak: within a fifth above 100 MB.
[[nodiscard]] std::uint64_t estimated_memory_bytes(Index num_samples, Index num_channels,
                                                   double sample_rate_hz,
                                                   const RunOptions& options);

/// Throws Error(resource_limit) if that and `held_bytes` (of an input kept in memory) are more than
/// memory_limit_bytes().
void check_memory(const Signal& signal, const RunOptions& options, std::uint64_t held_bytes);

/// SHA-256 of all bytes of a source, hexadecimal.
[[nodiscard]] std::string sha256_of(ByteSource& source);

/// W [F x K] and H [K x T] of a factors.npz (or any npz with arrays W and H). Throws
/// Error(cannot_read), Error(malformed).
[[nodiscard]] Factors<float> load_factors(const std::string& path);

/// The factors of options.start_file where the options begin from a file (Start::given), else
/// nothing; see begin_from(). Throws what load_factors() and begin_from() throw.
[[nodiscard]] std::optional<Factors<float>> load_start(RunOptions& options);

/// Makes `options` begin from these factors, see with_start(). Throws Error(usage) where the
/// options then do not fit.
void begin_from(const Factors<float>& start, RunOptions& options);

}  // namespace partwise
