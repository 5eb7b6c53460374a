#include "separation.hpp"

#include <algorithm>
#include <partwise/error.hpp>

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

bool names_components(const GivenTexts& given) {
  return std::any_of(given.begin(), given.end(),
                     [](const auto& option) { return option.first == "components"; });
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
    : run_(Run::from_signal(std::move(signal), make_run_options(as_given(given)), std::move(start),
                            names_components(given), wav_services())) {}

void Separation::analyse(const RunControl& control) {
  Reducer reducer(threads_of(run_.options()));
  run_.analyse(reducer, control);
  parts_ = run_.parts();
}

Sound Separation::sound(const RunControl& control) const {
  const Signal& signal = run_.signal();
  const Index samples = signal.num_samples(), channels = signal.num_channels();
  const auto num_parts = static_cast<Index>(parts_.groups.size());
  Sound sound{Matrix<float>(samples, num_parts * channels), Matrix<float>(samples, channels),
              Matrix<float>(samples, channels)};
  Reducer reducer(threads_of(run_.options()));
  std::vector<double> sums;
  run_.stream([&](const PartsBlock& block) { place_block(signal, block, sums, sound); }, reducer,
              control);
  return sound;
}

std::string Separation::write(const std::string& folder, const std::string& name,
                              const GivenTexts& given, bool report_alone,
                              const RunControl& control) const {
  RunOptions options = with_options(run_.options(), as_given(given));
  options.output = folder;
  options.report_alone = report_alone;
  Reducer reducer(threads_of(options));
  return run_.write(options, reducer, control, name).summary_json;
}

}  // namespace partwise::python
