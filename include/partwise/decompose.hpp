#pragma once
#include <optional>
#include <partwise/describe.hpp>
#include <partwise/enum_words.hpp>
#include <partwise/factorize.hpp>
#include <partwise/message.hpp>
#include <partwise/parts.hpp>
#include <partwise/separate.hpp>
#include <partwise/signal_source.hpp>
#include <partwise/stft.hpp>
#include <string>
#include <vector>

namespace partwise {

/// The precision of transforms and solver. Spectra, magnitudes and results are float either way.
enum class Precision { single_precision, double_precision };

/// The frame and the step of the spectrogram; see StftOptions.
struct FrameOptions {
  std::optional<Index> n_fft;       ///< not given: by the sample rate, default_stft_options()
  std::optional<Index> hop_length;  ///< not given: a quarter of n_fft
};

/// The values in force at this sample rate. Throws Error(usage) as validate(StftOptions) does.
[[nodiscard]] StftOptions resolve(const FrameOptions& options, double sample_rate_hz);

/// Everything that decides the numbers of a run. What is not given is decided by resolve(), so that
/// C++, Python and the program get the same parts.
struct AnalysisOptions {
  FrameOptions stft;
  int power = 1;  ///< 1: magnitudes, 2: power
  FactorizeOptions factorize;
  SeparateOptions separate;
  PartsOptions parts;
  SortOrder sort = SortOrder::peak;
  Precision precision = Precision::single_precision;
};

/// Parts made of several components sound best with these (docs/algorithms/parts.md); more
/// iterations gain nothing that merging keeps.
inline constexpr double kMaskExponentOfParts = 1.5;
inline constexpr Index kMaxIterationsOfParts = 150;

/// `options` with a value in the place of everything that was not given and does not depend on the
/// recording: kMaskExponentOfParts and kMaxIterationsOfParts where parts are made of components,
/// else the defaults of their structs; as many components as components_for_parts() says for
/// expected_parts(). What was given stays.
[[nodiscard]] AnalysisOptions resolve(AnalysisOptions options);

/// `options` for a given start: its number of components, unless one was given.
[[nodiscard]] AnalysisOptions with_start(AnalysisOptions options, const Factors<float>& start);

/// How many parts there will be; where the number is chosen by the recording, the most there may
/// be.
[[nodiscard]] Index expected_parts(const AnalysisOptions& options);

/// Whole-options checks: every field, and those that need more than one. Throws Error(usage) naming
/// the field, its value and its range.
void validate(const AnalysisOptions& options);

/// The conventions of a notebook with librosa 0.10.2 and scikit-learn 1.2.1 (beside mono at 22 050
/// Hz, which is the loader's business): n_fft 2048, hop 512, double, Frobenius, cd, nndsvda,
/// tolerance 1e-4, at most 200 iterations, no scaling, sorted by peak bin, raw factors with the
/// mixture's phase.
[[nodiscard]] AnalysisOptions librosa_options();

/// Seconds of wall clock that a stage took.
struct AnalysisSeconds {
  double transform = 0;
  double factorize = 0;
};

/// What a recording was taken apart into.
struct Analysis {
  AnalysisOptions options;  ///< as they were in force: everything has a value, no `automatic`
  double sample_rate_hz = 0;
  Matrix<float> spectrogram;      ///< V [F x T], power applied
  Matrix<float> w;                ///< templates [F x K], in sorted order
  Matrix<float> h;                ///< activations [K x T]
  std::vector<double> objective;  ///< see FactorizeResult
  Index iterations = 0;
  Index bf16_iterations = 0;  ///< so many of them in bf16
  StopReason stop_reason = StopReason::max_iterations;
  std::vector<ComponentDescription> components;
  PartsResult parts;  ///< if options.parts asked for them; options.separate has its groups
  std::vector<PartName> part_names;  ///< of parts that were selected; empty: by number, or found
  /// `parts` before some were selected, without the refinement.
  std::optional<PartsResult> before_selection;
  double model_residual_db = 0;   ///< 20 log10(||V - W H|| / ||V||); NaN for silence
  std::vector<Message> warnings;  ///< in words: not converged, two parts alike, ...
  AnalysisSeconds seconds;
  bool factors_were_stored = false;  ///< W and H were read back from a folder, not learnt now

  [[nodiscard]] StftOptions stft() const;
  /// All parts that were found, whether they are selected or not.
  [[nodiscard]] const PartsResult& all_parts() const {
    return before_selection ? *before_selection : parts;
  }
  [[nodiscard]] double bin_hz() const;
  [[nodiscard]] double frame_seconds() const;
};

/// Signal -> spectrogram -> W, H -> order and descriptions. `given` is the start for Start::given.
/// Throws Error(usage) on options out of range, Error(malformed) for a signal without a sample,
/// with NaN or Inf, or with more than 64 channels, Error(stopped). Reports Stage::transform and
/// Stage::factorize; shares are of the whole run, resynthesis included. Of the signal no more than
/// blocks are in memory at once, unless the source holds it.
[[nodiscard]] Analysis analyse(const SignalSource& signal, const AnalysisOptions& asked,
                               const Factors<float>* given, Reducer& reducer,
                               const RunControl& control);
[[nodiscard]] inline Analysis analyse(const Signal& signal, const AnalysisOptions& options,
                                      const Factors<float>* given, Reducer& reducer,
                                      const RunControl& control) {
  return analyse(MemorySignal(signal), options, given, reducer, control);
}

/// Hands the parts of an analysed signal to a sink (see separate()). Reports Stage::separate.
void resynthesise(const SignalSource& signal, const Analysis& analysis, Reducer& reducer,
                  const RunControl& control, PartsSink& sink);
inline void resynthesise(const Signal& signal, const Analysis& analysis, Reducer& reducer,
                         const RunControl& control, PartsSink& sink) {
  resynthesise(MemorySignal(signal), analysis, reducer, control, sink);
}

/// The same for a function that takes blocks.
inline void resynthesise(const Signal& signal, const Analysis& analysis, Reducer& reducer,
                         const RunControl& control, const PartsCallback& on_block) {
  CallbackSink sink(on_block);
  resynthesise(signal, analysis, reducer, control, sink);
}

}  // namespace partwise
