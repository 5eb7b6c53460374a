#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr OptionRow kRows[] = {
    {.name = "match",
     .value_name = "NAME",
     .help = "which parts are held against a source: that of its name; one, by the best mean SIR; "
             "or those that the oracle groups; auto is names where they are the same, else oracle",
     .access = member([](auto& o) -> auto& { return o.evaluation.matching; }),
     .commands = {Command::evaluate}},
    {.name = "window",
     .value_name = "SECONDS",
     .help = "how far from a true onset a hit or a note counts as found",
     .access = member([](auto& o) -> auto& { return o.evaluation.window_s; }),
     .limits = kWindowRange,
     .unit = "s",
     .commands = {Command::evaluate}},
};

}  // namespace

OptionGroup score_options() { return {"Scores", kRows}; }

}  // namespace partwise
