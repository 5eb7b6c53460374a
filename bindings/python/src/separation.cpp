#include "separation.hpp"

#include <algorithm>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <partwise/reducer.hpp>

namespace partwise::python {
namespace {

std::vector<GivenOption> as_given(const GivenTexts& texts) {
  std::vector<GivenOption> given;
  for (const auto& [name, value] : texts) {
    const OptionSpec* spec = find_option(name);
    if (spec == nullptr) throw Error(ErrorCode::usage, "there is no option --" + name);
    given.push_back({spec, value});
  }
  return given;
}

/// What concerns a file that is read has been done to an array, or cannot be.
void check_fits(const RunOptions& options, const Signal& signal) {
  const bool mixed = options.mono && signal.num_channels() != 1;
  const bool resampled =
      options.sample_rate_hz != 0 && options.sample_rate_hz != signal.sample_rate_hz;
  if (!mixed && !resampled) return;
  throw Error(ErrorCode::usage, "y has " + std::to_string(signal.num_channels()) + " channels at " +
                                    std::to_string(signal.sample_rate_hz) +
                                    " Hz, expected one channel at 22050 Hz (--librosa)");
}

/// Adds a block of every part to the sums, and puts all into their places.
void place_block(const Signal& signal, const PartsBlock& block, std::vector<double>& sums,
                 Sound& sound) {
  const Index channels = signal.num_channels();
  for (Index c = 0; c < channels; ++c) {
    sums.assign(static_cast<std::size_t>(block.count), 0.0);
    for (std::size_t k = 0; k < block.parts.size(); ++k) {
      const float* part = block.parts[k].column(c);
      const Index column = static_cast<Index>(k) * channels + c;
      std::copy_n(part, block.count, sound.parts.column(column) + block.first_sample);
      for (Index i = 0; i < block.count; ++i) sums[i] += static_cast<double>(part[i]);
    }
    const float* original = signal.samples.column(c) + block.first_sample;
    float* mix = sound.mix.column(c) + block.first_sample;
    float* residual = sound.residual.column(c) + block.first_sample;
    for (Index i = 0; i < block.count; ++i) {
      mix[i] = static_cast<float>(sums[i]);
      residual[i] = static_cast<float>(static_cast<double>(original[i]) - sums[i]);
    }
  }
}

}  // namespace

Separation::Separation(Signal signal, const GivenTexts& given, std::optional<Factors<float>> start)
    : signal_(std::move(signal)), start_(std::move(start)) {
  options_ = make_run_options(as_given(given));
  check_fits(options_, signal_);
  FactorizeOptions& factorize = options_.analysis.factorize;
  if (factorize.start == Start::given) start_ = load_factors(options_.start_file);
  if (start_) {
    const bool components_given = std::any_of(given.begin(), given.end(), [](const auto& option) {
      return option.first == "components";
    });
    if (!components_given) {
      factorize.num_components = start_->w.cols();
      options_.analysis.parts.choose_components = false;
      validate(options_.analysis.parts, factorize.num_components);
    }
    factorize.start = Start::given;
    if (options_.start_file.empty()) options_.start_file = "arrays.npz";  // what summaries call it
  }
  check_names(options_.names, expected_parts(options_));
  check_memory(signal_, options_, 0);
}

int Separation::threads() const {
  return options_.threads == 0 ? available_threads() : options_.threads;
}

void Separation::analyse(const RunControl& control) {
  Reducer reducer(threads());
  analysis_ =
      partwise::analyse(signal_, options_.analysis, start_ ? &*start_ : nullptr, reducer, control);
  describe_parts();
}

void Separation::describe_parts() {
  groups_ = part_groups(analysis_.options.separate.groups, analysis_.w.cols());
  part_factors_ = sum_components(analysis_.w, analysis_.h, groups_);
  part_descriptions_ = describe_components(part_factors_.w, part_factors_.h, analysis_.bin_hz(),
                                           analysis_.frame_seconds());
  for (std::size_t part = 0; part < groups_.size(); ++part) {
    ComponentDescription& described = part_descriptions_[part];
    if (groups_[part].size() == 1) described = analysis_.components[groups_[part].front()];
    described.energy_share = 0;
    for (const Index k : groups_[part]) {
      described.energy_share += analysis_.components[k].energy_share;
    }
  }
}

Sound Separation::sound(const RunControl& control) const {
  const Index samples = signal_.num_samples();
  const Index channels = signal_.num_channels();
  Sound sound{Matrix<float>(samples, num_parts() * channels), Matrix<float>(samples, channels),
              Matrix<float>(samples, channels)};
  Reducer reducer(threads());
  std::vector<double> sums;
  resynthesise(signal_, analysis_, reducer, control,
               [&](const PartsBlock& block) { place_block(signal_, block, sums, sound); });
  return sound;
}

std::string Separation::write(const std::string& folder, const std::string& name,
                              const GivenTexts& given, bool report_alone,
                              const RunControl& control) const {
  RunOptions options = with_options(options_, as_given(given));
  options.report_alone = report_alone;
  if (is_flac(options.format)) {
    throw Error(ErrorCode::usage,
                "--format = flac, expected wav, wav24 or wav16: the Python module has no codecs");
  }
  check_names(options.names, num_parts());
  check_output_folder(folder, options.force);
  InputFacts input;
  input.name = name;
  input.info.format = "array float32";
  input.info.sample_rate_hz = signal_.sample_rate_hz;
  input.info.num_channels = signal_.num_channels();
  input.info.num_samples = signal_.num_samples();
  Reducer reducer(threads());
  return write_run(folder, signal_, analysis_, input, options, wav_container(), {}, reducer,
                   control)
      .summary_json;
}

}  // namespace partwise::python
