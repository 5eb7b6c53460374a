#pragma once
#include <partwise/describe.hpp>
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

/// Everything that decides the numbers of a run. A zero in `stft` means: by the sample rate.
struct AnalysisOptions {
  StftOptions stft{0, 0};
  int power = 1;  ///< 1: magnitudes, 2: power
  FactorizeOptions factorize;
  SeparateOptions separate;
  PartsOptions parts;
  SortOrder sort = SortOrder::peak;
  Precision precision = Precision::single_precision;
};

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
  AnalysisOptions options;  ///< as they were in force: no zero, no `automatic`
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
  double model_residual_db = 0;   ///< 20 log10(||V - W H|| / ||V||); NaN for silence
  std::vector<Message> warnings;  ///< in words: not converged, two parts alike, ...
  AnalysisSeconds seconds;
  bool factors_were_stored = false;  ///< W and H were read back from a folder, not learnt now

  [[nodiscard]] double bin_hz() const;
  [[nodiscard]] double frame_seconds() const;
};

/// Signal -> spectrogram -> W, H -> order and descriptions. `given` is the start for Start::given.
/// Throws Error(usage) on options out of range, Error(malformed) for a signal without a sample,
/// with NaN or Inf, or with more than 64 channels, Error(stopped). Reports Stage::transform and
/// Stage::factorize; shares are of the whole run, resynthesis included. Of the signal no more than
/// blocks are in memory at once, unless the source holds it.
[[nodiscard]] Analysis analyse(const SignalSource& signal, const AnalysisOptions& options,
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
