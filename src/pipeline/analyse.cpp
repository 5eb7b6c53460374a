#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <partwise/decompose.hpp>
#include <pipeline/gather.hpp>
#include <pipeline/shares.hpp>
#include <pipeline/sort_components.hpp>
#include <pipeline/warnings.hpp>
#include <string>

namespace partwise {
namespace {

constexpr Index kMaxChannels = 64;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool is_not_finite(float x) { return !std::isfinite(x); }

/// Where the first sample of each channel is that is no finite number; reads the source once.
std::vector<std::optional<Index>> first_bad_samples(const SignalSource& signal) {
  constexpr Index kBlockSamples = 1 << 16;
  std::vector<std::optional<Index>> bad(static_cast<std::size_t>(signal.num_channels()));
  Matrix<float> room;
  for (Index first = 0; first < signal.num_samples(); first += kBlockSamples) {
    const auto block =
        signal.read(first, std::min(kBlockSamples, signal.num_samples() - first), room);
    for (Index c = 0; c < block.cols; ++c) {
      const auto channel = block.column_span(c);
      const auto found = std::find_if(channel.begin(), channel.end(), is_not_finite);
      if (found != channel.end() && !bad[c]) bad[c] = first + (found - channel.begin());
    }
  }
  return bad;
}

void check_finite(const SignalSource& signal) {
  const auto bad = first_bad_samples(signal);
  for (std::size_t c = 0; c < bad.size(); ++c) {
    if (!bad[c]) continue;
    Matrix<float> room;
    const float value = signal.read(*bad[c], 1, room)(0, static_cast<Index>(c));
    throw Error(ErrorCode::malformed,
                "sample " + std::to_string(*bad[c]) + " of channel " + std::to_string(c) + " is " +
                    (std::isnan(value) ? "NaN" : "infinite") + ", expected a finite number");
  }
}

void check_signal(const SignalSource& signal) {
  if (!kSampleRateRange.contains(signal.sample_rate_hz())) {
    throw Error(ErrorCode::malformed, "sample rate = " + value_text(signal.sample_rate_hz()) +
                                          " Hz, expected " + kSampleRateRange.text() + " Hz");
  }
  if (signal.num_channels() < 1 || signal.num_channels() > kMaxChannels) {
    throw Error(ErrorCode::malformed,
                "channels = " + std::to_string(signal.num_channels()) + ", expected 1..64");
  }
  if (signal.num_samples() < 1)
    throw Error(ErrorCode::malformed, "no sound: there is not one sample");
  check_finite(signal);
}

template <class To, class From>
Matrix<To> convert(const Matrix<From>& from) {
  Matrix<To> out(from.rows(), from.cols());
  for (Index c = 0; c < from.cols(); ++c) {
    std::transform(from.column(c), from.column(c) + from.rows(), out.column(c),
                   [](From x) { return static_cast<To>(x); });
  }
  return out;
}

/// Keeps what factorize() found, in float.
template <class T>
void store(FactorizeResult<T>&& result, Analysis& analysis) {
  if constexpr (std::is_same_v<T, float>) {
    analysis.w = std::move(result.factors.w);
    analysis.h = std::move(result.factors.h);
  } else {
    analysis.w = convert<float>(result.factors.w);
    analysis.h = convert<float>(result.factors.h);
  }
  analysis.objective = std::move(result.objective);
  analysis.iterations = result.iterations;
  analysis.stop_reason = result.stop_reason;
  analysis.options.factorize.solver = result.solver;
  analysis.options.factorize.start = result.start;
  analysis.options.factorize.product_precision = result.product_precision;
  analysis.bf16_iterations = result.bf16_iterations;
}

void factorize_spectrogram(Analysis& analysis, const Factors<float>* given, Reducer& reducer,
                           const RunControl& control) {
  const FactorizeOptions& options = analysis.options.factorize;
  const auto most = static_cast<double>(std::max<Index>(1, *options.max_iterations));
  const auto on_iteration = [&](Index iteration, double objective) {
    const double done = static_cast<double>(iteration) / most;
    control.report({Stage::factorize,
                    kFactorizeBegins + (kSeparateBegins - kFactorizeBegins) * done, iteration,
                    objective});
  };
  if (analysis.options.precision == Precision::single_precision) {
    store(factorize<float>(analysis.spectrogram.view(), options, given, reducer, control,
                           on_iteration),
          analysis);
    return;
  }
  const Matrix<double> v = convert<double>(analysis.spectrogram);
  Factors<double> start;
  if (given != nullptr) start = {convert<double>(given->w), convert<double>(given->h)};
  store(factorize<double>(v.view(), options, given != nullptr ? &start : nullptr, reducer, control,
                          on_iteration),
        analysis);
}

}  // namespace

StftOptions Analysis::stft() const {
  return {options.stft.n_fft.value(), options.stft.hop_length.value()};
}

double Analysis::bin_hz() const { return sample_rate_hz / static_cast<double>(stft().n_fft); }

double Analysis::frame_seconds() const {
  return static_cast<double>(stft().hop_length) / sample_rate_hz;
}

Analysis analyse(const SignalSource& signal, const AnalysisOptions& asked,
                 const Factors<float>* given, Reducer& reducer, const RunControl& control) {
  check_signal(signal);
  Analysis analysis;
  const bool has_start = given != nullptr && asked.factorize.start == Start::given;
  const AnalysisOptions options = has_start ? with_start(asked, *given) : asked;
  validate(options);
  analysis.options = resolve(options);
  const StftOptions stft = resolve(options.stft, signal.sample_rate_hz());
  analysis.options.stft = {stft.n_fft, stft.hop_length};
  analysis.sample_rate_hz = signal.sample_rate_hz();

  auto begin = std::chrono::steady_clock::now();
  control.report({Stage::transform, kTransformBegins, 0, 0});
  analysis.spectrogram =
      options.precision == Precision::single_precision
          ? magnitude_spectrogram<float>(signal, stft, options.power, reducer, control)
          : magnitude_spectrogram<double>(signal, stft, options.power, reducer, control);
  control.check_stop();
  analysis.seconds.transform = seconds_since(begin);

  begin = std::chrono::steady_clock::now();
  control.report({Stage::factorize, kFactorizeBegins, 0, 0});
  choose_parts(options.factorize.num_components, analysis, reducer, control);
  factorize_spectrogram(analysis, given, reducer, control);
  control.check_stop();
  sort_components(analysis);
  gather(analysis, reducer, control);
  analysis.model_residual_db =
      20 * std::log10(relative_error<float>(analysis.spectrogram.view(), analysis.w.view(),
                                            analysis.h.view(), reducer));
  analysis.warnings = warnings_about(analysis, options.factorize);
  analysis.seconds.factorize = seconds_since(begin);
  return analysis;
}

void resynthesise(const SignalSource& signal, const Analysis& analysis, Reducer& reducer,
                  const RunControl& control, PartsSink& sink) {
  const auto share = [&](double done) {
    control.report(
        {Stage::separate, kSeparateBegins + (kSeparateEnds - kSeparateBegins) * done, 0, 0});
  };
  const AnalysisOptions& options = analysis.options;
  const SeparationModel model{analysis.w, analysis.h, analysis.stft(), options.separate,
                              &analysis.parts.refinement};
  if (options.precision == Precision::single_precision) {
    separate<float>(signal, model, sink, reducer, control, share);
  } else {
    separate<double>(signal, model, sink, reducer, control, share);
  }
}

}  // namespace partwise
