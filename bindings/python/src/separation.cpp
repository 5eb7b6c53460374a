#include "separation.hpp"

#include <algorithm>
#include <partwise/error.hpp>

namespace partwise::python {
namespace {

std::vector<GivenOption> as_given(const GivenValues& values) {
  std::vector<GivenOption> given;
  for (const auto& [name, value] : values) {
    const OptionSpec* spec = find_option(name);
    if (spec == nullptr) throw Error(ErrorCode::usage, "there is no option " + name);
    given.push_back({spec, value});
  }
  return given;
}

/// Copies a stretch to its place in columns [first_column, first_column + from.cols) of `to`.
void place(MatrixView<const float> from, Index first_sample, Index first_column,
           Matrix<float>& to) {
  for (Index c = 0; c < from.cols; ++c)
    std::copy_n(from.column(c), from.rows, to.column(first_column + c) + first_sample);
}

}  // namespace

Separation::Separation(Signal signal, const GivenValues& given, std::optional<Factors<float>> start)
    : run_(Run::from_signal(std::move(signal), make_run_options(as_given(given)), std::move(start),
                            wav_services())) {}

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
  const auto place_all = [&](const RunSound& block) {
    for (Index k = 0; k < num_parts; ++k)
      place(block.parts[k], block.first_sample, k * channels, sound.parts);
    place(block.mix, block.first_sample, 0, sound.mix);
    place(block.residual, block.first_sample, 0, sound.residual);
  };
  run_.stream(place_all, reducer, control);
  return sound;
}

WrittenRun Separation::write(const std::string& folder, const std::string& name,
                             const GivenValues& given, bool report_alone,
                             const RunControl& control) const {
  RunOptions options = with_options(run_.options(), as_given(given));
  options.output = folder;
  options.report_alone = report_alone;
  Reducer reducer(threads_of(options));
  return run_.write(options, reducer, control, name);
}

}  // namespace partwise::python
