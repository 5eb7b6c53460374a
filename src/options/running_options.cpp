#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr OptionVariant kJson[] = {
    {kSeparating, "print summary.json instead of the table"},
    {{Command::info}, "print one JSON object a line, one for each file"},
    {{Command::evaluate}, "print one JSON object instead of the table"},
};

constexpr OptionRow kRows[] = {
    {.name = "threads",
     .value_name = "N",
     .help = "how many to use; the results are the same bits for any number",
     .access = member([](auto& o) -> auto& { return o.threads; }),
     .limits = kThreadsRange,
     .default_words = "all processors",
     .commands = kComputing,
     .reach = OptionReach::record},
    {.name = "quiet",
     .help = "no progress, no table; warnings and errors stay",
     .access = member([](auto& o) -> auto& { return o.quiet; }),
     .commands = kWriting,
     .reach = OptionReach::record},
    {.name = "json",
     .help = "print JSON",
     .access = member([](auto& o) -> auto& { return o.json; }),
     .reach = OptionReach::record,
     .variants = kJson},
    {.name = "estimate",
     .help = "say how much time, memory and disk the run would take here, and do not begin it",
     .access = member([](auto& o) -> auto& { return o.estimate; }),
     .reach = OptionReach::call},
    {.name = "json-progress",
     .help = "tell where the run stands on standard error, as one JSON object a line",
     .access = member([](auto& o) -> auto& { return o.json_progress; }),
     .commands = kSeparating,
     .reach = OptionReach::call},
    {.name = "librosa",
     .help = "the numbers of a notebook with librosa and scikit-learn; options given beside it win",
     .access = member([](auto& o) -> auto& { return o.librosa; }),
     .preset = &librosa_preset},
};

}  // namespace

OptionGroup running_options() { return {"Running", kRows}; }

}  // namespace partwise
