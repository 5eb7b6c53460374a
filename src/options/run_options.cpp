#include <algorithm>
#include <options/option_parsing.hpp>
#include <partwise/error.hpp>
#include <partwise/input_name.hpp>
#include <partwise/message.hpp>
#include <partwise/run_options.hpp>

namespace partwise {
namespace {

/// librosa.load's default, and that of the notebooks written with it.
constexpr double kLibrosaRateHz = 22050;

bool is_given(std::span<const GivenOption> given, std::string_view name) {
  return std::any_of(given.begin(), given.end(),
                     [&](const GivenOption& option) { return option.spec->name == name; });
}

void check_solver(const FactorizeOptions& options) {
  constexpr double cd_beta = 2;
  if (options.solver == Solver::cd && options.beta != cd_beta) {
    throw bad_argument("solver", "cd",
                       "auto, fast or mu (for " + OptionName("beta") + " " +
                           json_number(options.beta) + "; cd is for " + OptionName("loss") +
                           " frobenius alone)");
  }
}

void check_precision(const FactorizeOptions& options) {
  constexpr double frobenius_beta = 2;
  if (options.product_precision == ProductPrecision::bf16 && options.beta != frobenius_beta) {
    throw bad_argument("precision", "bf16",
                       "float32 or float64 (for " + OptionName("beta") + " " +
                           json_number(options.beta) + "; bf16 is for " + OptionName("loss") +
                           " frobenius alone)");
  }
}

void check_parts(const RunOptions& options) {
  const PartsOptions& parts = options.analysis.parts;
  if (options.librosa && parts.wanted()) {
    throw bad_argument("parts", parts.choose ? "auto" : json_integer(*parts.num_parts),
                       "none beside " + OptionName("librosa") + ", whose parts are components");
  }
  validate(parts, options.analysis.factorize.num_components);
}

void check_hop(const FrameOptions& stft) {
  if (stft.n_fft && stft.hop_length && *stft.hop_length > *stft.n_fft) {
    throw bad_argument("hop_length", *stft.hop_length,
                       "1.." + json_integer(*stft.n_fft) + " (" + OptionName("n_fft") + ")");
  }
}

}  // namespace

RunOptions librosa_preset(RunOptions options) {
  const PartsOptions parts = options.analysis.parts;
  options.analysis = librosa_options();
  options.analysis.parts = parts;
  options.mono = true;
  options.sample_rate_hz = kLibrosaRateHz;
  options.librosa = true;
  return options;
}

RunOptions with_options(RunOptions options, std::span<const GivenOption> given) {
  for (const auto& [spec, value] : given) {
    if (spec->preset != nullptr && value != OptionValue(false)) options = spec->preset(options);
  }
  for (const auto& [spec, value] : given) set_option(options, *spec, value);
  validate(options);
  return options;
}

RunOptions make_run_options(std::span<const GivenOption> given) {
  if (is_given(given, "loss") && is_given(given, "beta")) {
    throw Error(ErrorCode::usage, OptionName("loss") + " and " + OptionName("beta") +
                                      " say the same thing, expected one of them");
  }
  RunOptions options = with_options({}, given);
  if (options.analysis.parts.choose && !options.names.empty()) {
    throw Error(ErrorCode::usage, OptionName("names") + " beside " + OptionName("parts") +
                                      " auto, which finds how many parts there are, expected one "
                                      "of them");
  }
  if (options.analysis.parts.choose && options.analysis.parts.method == PartMethod::plain &&
      is_given(given, "components")) {
    throw Error(ErrorCode::usage,
                OptionName("num_components") + " beside " + OptionName("parts") + " auto and " +
                    OptionName("method") +
                    " plain, which learns as many as it finds parts, expected none");
  }
  return options;
}

void validate(const RunOptions& options) {
  check_solver(options.analysis.factorize);
  check_precision(options.analysis.factorize);
  check_hop(options.analysis.stft);
  check_parts(options);
  if (options.one_shots && !options.events) {
    refuse("one-shots", "with no-events", "one of them: one-shots are hits that were found");
  }
  validate(options.analysis.factorize);
  validate(options.analysis.separate);
  if (options.analysis.factorize.start == Start::given && options.start_file.empty()) {
    refuse("init", "", "the name of an .npz file");
  }
}

std::string default_output_folder(std::string_view input_path) {
  const std::string_view name = last_path_component(input_path);
  const auto dot = name.rfind('.');
  const bool has_extension = dot != std::string_view::npos && dot != 0;
  return std::string(name.substr(0, has_extension ? dot : name.size())) + ".parts";
}

}  // namespace partwise
