#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace partwise::program {

/// What splitting has to know about an option.
struct OptionName {
  std::string_view name;  ///< without the dashes, "output"
  char letter = 0;        ///< 'o' for -o; 0: none
  bool takes_value = false;
};

/// What is wrong with the value of an option.
enum class ValueFault {
  missing,   ///< --output as the last argument
  empty,     ///< --output=
  unwanted,  ///< --mono=yes
};

/// Arguments, sorted by what they are. Texts are as typed.
struct SplitArguments {
  struct Given {
    std::size_t option = 0;  ///< index into the names
    std::string value;       ///< "" for a flag
  };
  struct Fault {
    std::size_t option = 0;
    ValueFault what = ValueFault::missing;
  };
  std::vector<Given> given;           ///< in the order of the arguments
  std::vector<std::string> operands;  ///< what is no option
  std::vector<std::string> unknown;   ///< options that are not among the names
  std::vector<Fault> faults;          ///< in the order of the arguments
  bool help = false;                  ///< -h or --help
  bool version = false;               ///< --version
};

/// Sorts arguments as getopt_long() does: --name VALUE, --name=VALUE, -nVALUE, -n VALUE and several
/// flags behind one dash; options and operands in any order. All that follows "--" is operands, as
/// are "-" and negative numbers.
[[nodiscard]] SplitArguments split_arguments(std::span<const char* const> arguments,
                                             std::span<const OptionName> names);

}  // namespace partwise::program
