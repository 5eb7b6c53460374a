// What a run does where its options leave a choice: decided here, for every front end.
#include <algorithm>
#include <partwise/decompose.hpp>
#include <partwise/error.hpp>

namespace partwise {

StftOptions resolve(const FrameOptions& options, double sample_rate_hz) {
  constexpr Index kHopsPerFrame = 4;
  StftOptions stft;
  stft.n_fft = options.n_fft ? *options.n_fft : default_stft_options(sample_rate_hz).n_fft;
  stft.hop_length = options.hop_length.value_or(std::max<Index>(1, stft.n_fft / kHopsPerFrame));
  validate(stft);
  return stft;
}

AnalysisOptions resolve(AnalysisOptions options) {
  FactorizeOptions& factorize = options.factorize;
  SeparateOptions& separate = options.separate;
  if (options.parts.wanted()) {
    if (!factorize.num_components) {
      factorize.num_components =
          components_for_parts(expected_parts(options), options.parts.method);
    }
    if (!factorize.max_iterations) factorize.max_iterations = kMaxIterationsOfParts;
    if (!separate.mask_exponent) separate.mask_exponent = kMaskExponentOfParts;
  }
  factorize = with_defaults(factorize);
  if (!separate.mask_exponent) separate.mask_exponent = kDefaultMaskExponent;
  separate.power = options.power;
  return options;
}

AnalysisOptions with_start(AnalysisOptions options, const Factors<float>& start) {
  if (!options.factorize.num_components) options.factorize.num_components = start.h.rows();
  return options;
}

Index expected_parts(const AnalysisOptions& options) {
  const Index num_components = options.factorize.num_components.value_or(kDefaultComponents);
  if (!options.separate.groups.empty()) {
    return static_cast<Index>(part_groups(options.separate.groups, num_components).size());
  }
  if (!options.parts.wanted()) return num_components;
  return options.parts.choose ? kMostSuggestedParts : *options.parts.num_parts;
}

void validate(const AnalysisOptions& options) {
  validate(options.factorize);
  SeparateOptions separate = options.separate;
  separate.power = options.power;
  validate(separate);
  validate(options.parts, options.factorize.num_components);
  if (options.precision == Precision::double_precision &&
      options.factorize.product_precision == ProductPrecision::bf16) {
    throw Error(ErrorCode::usage,
                "precision = double with product_precision = bf16, expected one of them");
  }
}

AnalysisOptions librosa_options() {
  AnalysisOptions options;
  options.stft = {2048, 512};
  options.factorize.beta = 2;
  options.factorize.solver =
      Solver::automatic;  // cd for this loss, and mu if a caller takes another
  options.factorize.start = Start::nndsvda;
  options.factorize.max_iterations = 200;
  options.factorize.tolerance = 1e-4;
  options.factorize.normalize = false;
  options.separate.resynthesis = Resynthesis::factors;
  options.precision = Precision::double_precision;
  return options;
}

}  // namespace partwise
