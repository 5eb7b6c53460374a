#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr OptionAccess kPower = {
    OptionKind::integer,
    [](const RunOptions& options) { return OptionValue(Index{options.analysis.power}); },
    [](RunOptions& options, const OptionValue& value) {
      options.analysis.power = static_cast<int>(std::get<Index>(value));
      options.analysis.separate.power = options.analysis.power;
    }};

constexpr OptionRow kRows[] = {
    {.name = "n-fft",
     .value_name = "SAMPLES",
     .help = "length of a frame",
     .access = member([](auto& o) -> auto& { return o.analysis.stft.n_fft; }),
     .limits = kFftSizeRange,
     .unit = "samples",
     .default_words = "93 ms, a power of two",
     .commands = kAnalysing},
    {.name = "hop-length",
     .value_name = "SAMPLES",
     .help = "distance between frames",
     .access = member([](auto& o) -> auto& { return o.analysis.stft.hop_length; }),
     .limits = kHopRange,
     .unit = "samples",
     .range = "1..n_fft",
     .default_words = "n_fft / 4",
     .commands = kAnalysing},
    {.name = "power",
     .value_name = "N",
     .help = "factorize magnitudes (1) or powers (2)",
     .access = kPower,
     .limits = kPowerRange},
};

}  // namespace

OptionGroup spectrogram_options() { return {"Spectrogram", kRows}; }

}  // namespace partwise
