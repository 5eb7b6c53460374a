#pragma once
#include <partwise/decompose.hpp>
#include <partwise/factorize.hpp>
#include <partwise/run_options.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// A finished run, as its folder tells of it: enough to make parts again without factorising.
struct StoredRun {
  std::string folder;
  std::string input_name;
  std::string input_sha256;
  /// As they were in force, and the defaults for what concerns one call alone (output, force,
  /// threads, quiet, json).
  RunOptions options;
  double sample_rate_hz = 0;  ///< of the analysed signal
  Index num_channels = 0;
  Index num_samples = 0;
  Factors<float> factors;  ///< W [F x K], H [K x T]
  std::vector<double> objective;
  Index iterations = 0;
  StopReason stop_reason = StopReason::max_iterations;
  double model_residual_db = 0;  ///< NaN for silence
  PartsResult parts;             ///< groups as they are now; not gathered for a run without --parts
};

/// Reads summary.json and factors.npz of a folder that write_run() wrote. Throws
/// Error(cannot_read), Error(malformed).
[[nodiscard]] StoredRun load_run(const std::string& folder);

/// The run's options with `given` over them: what its parts are made with now. --merge and --split
/// count the run's parts (its components where they were not gathered into parts), and
/// separate.groups has the components that come of them. Names stay unless parts are merged or
/// split anew. Throws Error(usage).
[[nodiscard]] RunOptions resynth_options(const StoredRun& run, std::span<const GivenOption> given);

/// Where the run's recording is: options.input, or a file of the stored name beside the folder.
[[nodiscard]] std::string input_of(const StoredRun& run, const RunOptions& options);

/// "tones.parts" gives "tones-resynth.parts", in the current directory.
[[nodiscard]] std::string default_resynth_folder(std::string_view folder);

/// Refuses a recording that is not the one the run was made from, by its hash and by what was
/// analysed of it. Throws Error(malformed).
void check_is_input_of(const StoredRun& run, const std::string& input_path,
                       const std::string& sha256, const Signal& signal);

/// What analyse() found, from what is stored: `options` may differ from run.options in what
/// concerns the parts (resynthesis, mask exponent, groups). The spectrogram is made again from
/// `signal` if `with_spectrogram`, which the report shows. Throws Error(usage) on groups of
/// components that are not there, Error(malformed) where the factors do not fit the signal,
/// Error(stopped).
[[nodiscard]] Analysis stored_analysis(const StoredRun& run, const Signal& signal,
                                       const AnalysisOptions& options, bool with_spectrogram,
                                       Reducer& reducer, const RunControl& control);

}  // namespace partwise
