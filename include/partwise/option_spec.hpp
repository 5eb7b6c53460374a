#pragma once
#include <optional>
#include <partwise/commands.hpp>
#include <partwise/range.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace partwise {

struct RunOptions;

/// The value of an option: nothing where it is not given, a switch, a number, text (the word of a
/// choice, a path), or a list of names.
using OptionValue =
    std::variant<std::monostate, bool, Index, double, std::string, std::vector<std::string>>;

/// Which of OptionValue's types an option has. An integer or a number may also have a word, as in
/// --parts auto.
enum class OptionKind { flag, integer, number, choice, text, names };

/// How far an option's value counts. Each step includes those before it.
enum class OptionReach {
  call,     ///< this call alone: recorded nowhere
  record,   ///< where and how it ran: in the summary's `options`, so that a person can look it up
  outputs,  ///< what was written: also in the command that makes the run again
  parts,    ///< the numbers of the parts: also taken over when parts are made of a stored run
};

/// The numbers that an option may be, in its unit.
using OptionLimits = std::variant<std::monostate, Range<Index>, Range<double>>;

/// Which commands take an option, and what completion may offer for its value.
struct OptionUse {
  Commands commands = {Command::decompose};
  OptionReach reach = OptionReach::parts;
  std::vector<std::string_view> words = {};  ///< those of a choice, or beside numbers
  PathKind path = PathKind::none;            ///< what the value may name beside
};

/// One option of a command. The command line, its help and checks, completions, the manual, the
/// summary's `options`, Python's parameters and other front ends are all made from these.
struct OptionSpec {
  std::string_view name;        ///< long name without dashes, "max-iter"
  std::string python_name;      ///< scikit-learn's or librosa's where they have one
  std::string field;            ///< its name in the option structs, "max_iterations"
  std::string_view group;       ///< heading in --help
  char short_name = 0;          ///< or 0
  std::string_view value_name;  ///< "N", "SECONDS"; empty: a flag
  std::string range;            ///< in words, "1..4096"; empty: a flag
  std::string default_text;     ///< in words; empty: a flag
  std::string_view help;        ///< one line
  OptionKind kind = OptionKind::flag;
  OptionLimits limits;           ///< of integers and numbers
  std::string_view unit;         ///< "s", "Hz", "dB", "MB", "px", "samples"; empty: none
  OptionValue default_value;     ///< of the option structs; nothing where it depends on the input
  std::string_view not_given;    ///< the word for nothing, "native"; empty: there is none
  std::string_view file_suffix;  ///< of files that a choice takes beside its words; empty: none
  OptionUse use;
  /// The value in `options`; nothing where it is not given. Paths come without their folders.
  OptionValue (*get)(const RunOptions& options) = nullptr;
  /// Stores a value that checked_value() gave. Throws Error(usage) for text that the option cannot
  /// read.
  void (*set)(RunOptions& options, const OptionValue& value) = nullptr;
  /// Of a preset: `options` with all that it sets. Applied before all other options.
  RunOptions (*preset)(RunOptions options) = nullptr;
};

/// All options of all commands, in the order of --help. Two of one name are for different commands.
[[nodiscard]] std::span<const OptionSpec> option_table();

/// Those that a command takes.
[[nodiscard]] std::vector<const OptionSpec*> options_of(Command command);

/// The command's option of that long name; nullptr if there is none.
[[nodiscard]] const OptionSpec* find_option(std::string_view name,
                                            Command command = Command::decompose);

/// An option as the caller gave it. Text is read as the command line has it; a flag's is "".
struct GivenOption {
  const OptionSpec* spec = nullptr;
  OptionValue value;
};

/// `value` as the option's own type, within its limits. Throws Error(usage).
[[nodiscard]] OptionValue checked_value(const OptionSpec& spec, const OptionValue& value);

/// Stores checked_value(). Throws Error(usage).
void set_option(RunOptions& options, const OptionSpec& spec, const OptionValue& value);

/// The text that the command line reads as `value`: numbers as short as they read back, names with
/// commas between them; "" for a flag.
[[nodiscard]] std::string option_text(const OptionValue& value);

}  // namespace partwise
