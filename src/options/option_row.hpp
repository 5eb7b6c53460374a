#pragma once
// How the options are declared: src/options/*_options.cpp hold one row for each.
#include <options/option_access.hpp>
#include <options/option_parsing.hpp>

namespace partwise {

/// What a row says otherwise for some commands.
struct OptionVariant {
  Commands commands;
  std::string_view help;
  std::string_view value_name = {};  ///< empty: the row's
  std::string_view range = {};       ///< empty: the row's
  PathKind path = PathKind::none;
};

/// One option, declared once. Its default is that of the member in RunOptions, its range the one
/// that validate() reads.
struct OptionRow {
  std::string_view name;
  char short_name = 0;
  std::string_view python_name = {};  ///< empty: the name with underscores
  std::string_view field = {};        ///< in the option structs; empty: the name with underscores
  std::string_view value_name = {};   ///< empty: a flag
  std::string_view help;
  OptionAccess access;
  OptionLimits limits = {};
  std::string_view unit = {};
  std::span<const std::string_view> words = {};  ///< what it may be beside numbers
  std::string_view file_suffix = {};             ///< beside words, files with names that end so
  std::string_view not_given = {};               ///< the word for nothing
  std::string_view range = {};                   ///< in words, where limits and words do not say it
  std::string_view default_words = {};  ///< where the default depends on recording or machine
  Commands commands = {Command::decompose};
  OptionReach reach = OptionReach::parts;
  PathKind path = PathKind::none;
  std::span<const OptionVariant> variants = {};  ///< in the order of option_table()
  RunOptions (*preset)(RunOptions) = nullptr;
};

struct OptionGroup {
  std::string_view title;  ///< heading in --help
  std::span<const OptionRow> rows;
};

[[nodiscard]] OptionGroup factorization_options();
[[nodiscard]] OptionGroup spectrogram_options();
[[nodiscard]] OptionGroup input_options();
[[nodiscard]] OptionGroup score_options();
[[nodiscard]] OptionGroup part_options();
[[nodiscard]] OptionGroup output_options();
[[nodiscard]] OptionGroup running_options();

// Sets of commands that take an option.
inline constexpr Commands kAnalysing = {Command::decompose, Command::spectrogram};
inline constexpr Commands kSeparating = {Command::decompose, Command::resynth};
inline constexpr Commands kWriting = {Command::decompose, Command::resynth, Command::spectrogram};
inline constexpr Commands kReading = {Command::decompose, Command::resynth, Command::info,
                                      Command::spectrogram};
inline constexpr Commands kComputing = {Command::decompose, Command::resynth, Command::spectrogram,
                                        Command::evaluate};
inline constexpr Commands kEvery = {Command::decompose, Command::resynth, Command::info,
                                    Command::spectrogram, Command::evaluate};

}  // namespace partwise
