#include <options/merge_text.hpp>
#include <options/name_list.hpp>
#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr OptionAccess kMerge = {OptionKind::text,
                                 [](const RunOptions& options) {
                                   return OptionValue(merge_text(options.analysis.separate.groups));
                                 },
                                 [](RunOptions& options, const OptionValue& value) {
                                   options.analysis.separate.groups =
                                       parse_merge("merge", std::get<std::string>(value));
                                 }};

constexpr OptionAccess kSplit = {
    OptionKind::text,
    [](const RunOptions& options) {
      return options.splits.empty() ? OptionValue() : OptionValue(split_text(options.splits));
    },
    [](RunOptions& options, const OptionValue& value) {
      options.splits = parse_split("split", std::get<std::string>(value));
    }};

/// A list of names, which is not given where it is empty.
template <class Field>
constexpr OptionAccess names_member(Field) {
  return {OptionKind::names,
          [](const RunOptions& options) {
            const std::vector<std::string>& names = Field{}(options);
            return names.empty() ? OptionValue() : OptionValue(names);
          },
          [](RunOptions& options, const OptionValue& value) {
            Field{}(options) = std::get<std::vector<std::string>>(value);
          }};
}

constexpr OptionRow kRows[] = {
    {.name = "merge",
     .value_name = "A+B,...",
     .help = "which parts become one, as in 0+3,1+2; a number alone keeps its part",
     .access = kMerge,
     .range = kMergeText,
     .default_words = "as in DIR",
     .commands = {Command::resynth}},
    {.name = "split",
     .value_name = "N,N:M,...",
     .help = "which parts are taken apart into the two, or M, that they were merged from",
     .access = kSplit,
     .range = kSplitText,
     .default_words = "none",
     .commands = {Command::resynth}},
    {.name = "resynthesis",
     .value_name = "NAME",
     .help = "divide the sound among the parts, or play the raw factors with the mixture's phase",
     .access = member([](auto& o) -> auto& { return o.analysis.separate.resynthesis; }),
     .commands = kSeparating},
    {.name = "mask-exponent",
     .value_name = "X",
     .help = "larger is harder: less of one part in another, more artefacts",
     .access = member([](auto& o) -> auto& { return o.analysis.separate.mask_exponent; }),
     .limits = kMaskExponentRange,
     .commands = kSeparating},
    {.name = "sort",
     .value_name = "NAME",
     .help = "in which order parts are numbered",
     .access = member([](auto& o) -> auto& { return o.analysis.sort; })},
    {.name = "names",
     .value_name = "A,B,...",
     .help = "of the parts in their order, as in kick,snare,hat",
     .access = names_member([](auto& o) -> auto& { return o.names; }),
     .range = kNamesText,
     .default_words = "part-00, part-01, ...",
     .commands = kSeparating},
    {.name = "only",
     .value_name = "A,B,...",
     .help = "names or numbers of the parts to write; all others become one part, rest",
     .access = names_member([](auto& o) -> auto& { return o.only; }),
     .range = "names or numbers of parts with commas between them",
     .default_words = "all parts",
     .commands = kSeparating,
     .reach = OptionReach::outputs},
};

}  // namespace

OptionGroup part_options() { return {"Parts", kRows}; }

}  // namespace partwise
