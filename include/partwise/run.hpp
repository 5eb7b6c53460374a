#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <partwise/decompose.hpp>
#include <partwise/image.hpp>
#include <partwise/outputs.hpp>
#include <partwise/parts.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <partwise/sound_services.hpp>
#include <partwise/stored_run.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// The threads that the options ask for: all processors where they do not say.
[[nodiscard]] int threads_of(const RunOptions& options);

/// Where a run gets its sound from.
struct RunInput {
  std::string name;                    ///< a path, "-" for standard input, or an address
  std::uint64_t max_memory_bytes = 0;  ///< of this run; 0: memory_limit_bytes() of the options
};

/// A recording as a run analyses it: decoded, mixed and resampled as the options ask.
struct Recording {
  Signal signal;
  InputFacts facts;
};

/// Opens, decodes, hashes, mixes and resamples an input. Throws Error: what opening and decoding
/// throw, and Error(resource_limit) where the run would need more memory than it may.
[[nodiscard]] Recording open_recording(const RunInput& input, const RunOptions& options,
                                       const SoundServices& services, Reducer& reducer,
                                       const RunControl& control);

/// The recording's spectrogram as options.analysis.stft and options.plot have it. Throws
/// Error(usage), Error(stopped).
[[nodiscard]] Image spectrogram_image(const Recording& recording, const RunOptions& options,
                                      Reducer& reducer, const RunControl& control);

/// Refuses output folders that hold an input, which would be lost when the folder is replaced.
/// Inputs that are no files are passed over. Throws Error(usage).
void check_inputs_outlive_outputs(const std::vector<std::string>& inputs,
                                  const std::vector<std::string>& folders);

/// A stretch of the sound that a run makes. The views are valid during the call alone.
struct RunSound {
  Index first_sample = 0;
  Index count = 0;
  std::span<const MatrixView<const float>> parts;  ///< each [count x channels]
  MatrixView<const float> mix;                     ///< the sum of the parts, taken in double
  MatrixView<const float> residual;                ///< the recording minus that sum
};
using SoundCallback = std::function<void(const RunSound&)>;

/// What the parts of an analysed recording are.
struct RunParts {
  PartGroups groups;                               ///< the components that each is made of
  PartFactors factors;                             ///< W [F x parts], H [parts x T]
  std::vector<ComponentDescription> descriptions;  ///< energy_share: the sum of the members'
  std::vector<std::string> names;                  ///< given, found, or "part-00"
};

/// One run from its input to its outputs:
///
///     Run run = Run::open({"loop.wav"}, options, codec_services(), reducer, control);
///     run.analyse(reducer, control);
///     run.write(options, reducer, control);
///
/// All that can be refused before the long work is refused when the run is made. A run keeps the
/// signal and the analysis, so that write() and stream() may be called any number of times.
class Run {
 public:
  /// Reads an input. If options.output names a folder, that it can be written is checked here too.
  /// Throws Error.
  [[nodiscard]] static Run open(const RunInput& input, const RunOptions& options,
                                SoundServices services, Reducer& reducer,
                                const RunControl& control);

  /// Takes sound from memory, which the options do not mix or resample. `start`, where it is given,
  /// is where the factorization begins. Throws Error.
  [[nodiscard]] static Run from_signal(Signal signal, const RunOptions& options,
                                       std::optional<Factors<float>> start, SoundServices services);

  /// Reads the recording of a stored run again; analyse() then takes its stored factors.
  /// `options`: from resynth_options(). Throws Error, also where the recording is another.
  [[nodiscard]] static Run from_stored(StoredRun stored, const RunOptions& options,
                                       SoundServices services, Reducer& reducer,
                                       const RunControl& control);

  /// Long: spectrogram, W, H and parts. Throws what partwise::analyse() throws.
  const Analysis& analyse(Reducer& reducer, const RunControl& control);

  /// Long: hands the parts to a sink, see separate(). After analyse().
  void stream(PartsSink& sink, Reducer& reducer, const RunControl& control) const;
  /// The same with mix and residual.
  void stream(const SoundCallback& on_block, Reducer& reducer, const RunControl& control) const;

  /// Long: makes all outputs that `options` ask for, in the folder options.output. Of `options`
  /// only what concerns outputs may differ from those of the run. `name`: what summary and report
  /// call the recording; empty: the name of the input. After analyse(). Throws Error(usage),
  /// Error(cannot_write), Error(stopped).
  WrittenRun write(const RunOptions& options, Reducer& reducer, const RunControl& control,
                   const std::string& name = {}) const;

  [[nodiscard]] const Signal& signal() const { return recording_.signal; }
  [[nodiscard]] const InputFacts& facts() const { return recording_.facts; }
  /// As they were given, but for what a start decides.
  [[nodiscard]] const RunOptions& options() const { return options_; }
  [[nodiscard]] const Analysis& analysis() const { return analysis_; }
  /// After analyse().
  [[nodiscard]] RunParts parts() const;
  /// Since the call that made the run.
  [[nodiscard]] double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  Run(const RunOptions& options, SoundServices services);
  void finish_opening();

  Clock::time_point begin_ = Clock::now();
  RunOptions options_;
  SoundServices services_;
  Recording recording_;
  std::optional<Factors<float>> start_;
  std::optional<StoredRun> stored_;
  Analysis analysis_;
  double decode_seconds_ = 0;
};

}  // namespace partwise
