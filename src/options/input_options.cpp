#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;
// Sixteen are what the program itself takes; the upper end is a thousand times today's machines.
constexpr Range<Index> kMemoryRange{16, 1'000'000'000};
constexpr Range<Index> kWholeRates{static_cast<Index>(kSampleRateRange.min),
                                   static_cast<Index>(kSampleRateRange.max)};

constexpr OptionAccess kRate = {OptionKind::integer,
                                [](const RunOptions& options) {
                                  const auto& rate = options.sample_rate_hz;
                                  return rate ? OptionValue(static_cast<Index>(*rate))
                                              : OptionValue();
                                },
                                [](RunOptions& options, const OptionValue& value) {
                                  options.sample_rate_hz.reset();
                                  if (const auto* rate = std::get_if<Index>(&value)) {
                                    options.sample_rate_hz = static_cast<double>(*rate);
                                  }
                                }};

/// In megabytes.
constexpr OptionAccess kMemory = {
    OptionKind::integer,
    [](const RunOptions& options) {
      const auto& bytes = options.max_memory_bytes;
      return bytes ? OptionValue(static_cast<Index>(*bytes / kMegabyte)) : OptionValue();
    },
    [](RunOptions& options, const OptionValue& value) {
      options.max_memory_bytes = kMegabyte * static_cast<std::uint64_t>(std::get<Index>(value));
    }};

constexpr OptionRow kRows[] = {
    {.name = "sample-rate",
     .python_name = "sr",
     .field = "sample_rate_hz",
     .value_name = "HZ|native",
     .help = "resample to this rate",
     .access = kRate,
     .limits = kWholeRates,
     .unit = "Hz",
     .not_given = "native",
     .range = "1000..1000000 (a whole number) or native",
     .commands = kAnalysing},
    {.name = "mono",
     .help = "mix all channels into one",
     .access = member([](auto& o) -> auto& { return o.mono; }),
     .commands = kAnalysing},
    {.name = "offset",
     .value_name = "SECONDS",
     .help = "begin here",
     .access = member([](auto& o) -> auto& { return o.range.offset_s; }),
     .limits = kOffsetRange,
     .unit = "s",
     .commands = kAnalysing},
    {.name = "duration",
     .value_name = "SECONDS",
     .help = "take this much",
     .access = member([](auto& o) -> auto& { return o.range.duration_s; }),
     .limits = kDurationRange,
     .unit = "s",
     .default_words = "to the end",
     .commands = kAnalysing},
    {.name = "max-duration",
     .value_name = "SECONDS",
     .help = "refuse more sound than this",
     .access = member([](auto& o) -> auto& { return o.max_duration_s; }),
     .limits = kDurationRange,
     .unit = "s",
     .commands = kReading,
     .reach = OptionReach::outputs},
    {.name = "max-memory",
     .value_name = "MB",
     .help = "refuse what needs more",
     .access = kMemory,
     .limits = kMemoryRange,
     .unit = "MB",
     .default_words = "3/4 of the machine's",
     .commands = kComputing,
     .reach = OptionReach::record},
    {.name = "strict",
     .help = "damaged input is an error, not a warning",
     .access = member([](auto& o) -> auto& { return o.strict; }),
     .commands = kEvery,
     .reach = OptionReach::outputs},
    {.name = "input",
     .value_name = "FILE",
     .help = "the recording that DIR was made from",
     .access = path_member([](auto& o) -> auto& { return o.input; }),
     .range = "the path of an audio file, - or an address",
     .default_words = "beside DIR, by the name in its summary",
     .commands = {Command::resynth},
     .path = PathKind::file},
    {.name = "mix",
     .value_name = "FILE",
     .help = "the recording itself: improvements are above its own scores",
     .access = path_member([](auto& o) -> auto& { return o.evaluation.mixture; }),
     .range = "the path of an audio file",
     .default_words = "the item's mix, or the sum of its references",
     .commands = {Command::evaluate},
     .path = PathKind::file},
};

}  // namespace

OptionGroup input_options() { return {"Input", kRows}; }

}  // namespace partwise
