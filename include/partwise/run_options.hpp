#pragma once
#include <partwise/audio_file.hpp>
#include <partwise/commands.hpp>
#include <partwise/decompose.hpp>
#include <partwise/evaluation_options.hpp>
#include <partwise/picture.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// What the parts are written as.
enum class OutputFormat { wav, wav24, wav16, flac, flac16 };

/// Is it FLAC, and not WAV?
[[nodiscard]] constexpr bool is_flac(OutputFormat format) {
  return format == OutputFormat::flac || format == OutputFormat::flac16;
}

/// What the sound in report.html is encoded as.
enum class ReportAudioCodec { automatic, flac, opus, mp3, wav, none };

/// "auto", "flac", ...
[[nodiscard]] std::string_view report_audio_name(ReportAudioCodec codec);

/// A part of a stored run that is to be taken apart.
struct PartSplit {
  Index part = 0;
  Index count = 2;  ///< into so many
};

/// Everything a command can be told; each takes what the option table says.
struct RunOptions {
  std::string output;  ///< folder; empty: default_output_folder()
  std::string input;   ///< the recording of a stored run; empty: beside its folder
  OutputFormat format = OutputFormat::wav;
  /// Of the first parts, in the order in which they are numbered; the others have their number.
  std::vector<std::string> names;
  std::vector<PartSplit> splits;  ///< of a stored run's parts
  bool force = false;             ///< replace an existing folder of ours
  bool report = true;
  bool events = true;         ///< hits and notes as CSV and MIDI
  bool one_shots = false;     ///< the cleanest hit of every drum-like part as a file, and an SFZ
  bool report_alone = false;  ///< the page will stand without the other files, and links none
  bool pictures = false;      ///< spectrogram, spectra and activations as PNG files
  ReportAudioCodec report_audio = ReportAudioCodec::automatic;
  SpectrogramPlot plot;  ///< of the command spectrogram
  bool has_title = false;
  EvaluateOptions evaluation;  ///< of the command evaluate
  double report_size_mb = 25;  ///< of report.html, at most: its sound is lowered or linked for it
  double sample_rate_hz = 0;   ///< resample to this rate; 0: native
  bool mono = false;
  DecodeRange range;
  double max_duration_s = DecodeRules{}.max_duration_s;
  std::uint64_t max_memory_bytes = 0;  ///< 0: a share of the machine's, see memory_limit_bytes()
  bool strict = false;                 ///< damage is an error
  AnalysisOptions analysis;
  std::string start_file;  ///< the FILE.npz of --init
  int threads = 0;         ///< 0: all processors
  bool quiet = false;
  bool json = false;
  bool json_progress = false;
  bool estimate = false;  ///< say what the run would take, and do not begin it
  bool librosa = false;   ///< the preset was asked for
};

/// Who takes an option, and what completion may offer for its value. Each function gives a copy
/// that differs in one thing, so that a row of the table says only what is unusual.
struct OptionUse {
  Commands commands = {Command::decompose};
  /// Sets several fields at once and is applied before all others, wherever it stands.
  bool is_preset = false;
  /// Stands in the summary's `options`. Not so what changes neither numbers nor files.
  bool in_summary = true;
  std::span<const std::string_view> words = {};  ///< what the value may be, where that is a choice
  PathKind path = PathKind::none;                ///< what the value may name beside

  [[nodiscard]] constexpr OptionUse by(Commands who) const {
    OptionUse use = *this;
    use.commands = who;
    return use;
  }
  [[nodiscard]] constexpr OptionUse as_preset() const {
    OptionUse use = *this;
    use.is_preset = true;
    return use;
  }
  [[nodiscard]] constexpr OptionUse not_in_summary() const {
    OptionUse use = *this;
    use.in_summary = false;
    return use;
  }
  [[nodiscard]] constexpr OptionUse offering(std::span<const std::string_view> choice) const {
    OptionUse use = *this;
    use.words = choice;
    return use;
  }
  [[nodiscard]] constexpr OptionUse naming(PathKind kind) const {
    OptionUse use = *this;
    use.path = kind;
    return use;
  }
};

/// One option, declared once: the command line, its help and checks, the summary's `options` and
/// other front ends all read this table.
struct OptionSpec {
  std::string_view name;         ///< long name without dashes, "max-iter"
  char short_name;               ///< or 0
  std::string_view python_name;  ///< scikit-learn's or librosa's where they have one
  std::string_view group;        ///< heading in --help
  std::string_view value_name;   ///< "N", "SECONDS"; empty: a flag
  std::string_view range;        ///< in words, "1..4096"
  std::string_view default_text;
  std::string_view help;  ///< one line
  /// Parses and stores; a flag is called with "". Throws Error(usage): name, value, range.
  void (*set)(RunOptions&, std::string_view value);
  /// The value in force as JSON text (a number, true, or a quoted string).
  std::string (*get)(const RunOptions&);
  OptionUse use = {};
};

/// An option as somebody gave it. A flag's value is "".
struct GivenOption {
  const OptionSpec* spec = nullptr;
  std::string value;
};

/// All options of all commands, in the order of --help. Two of one name are for different commands.
[[nodiscard]] std::span<const OptionSpec> option_table();

/// Those that a command takes.
[[nodiscard]] std::vector<const OptionSpec*> options_of(Command command);

/// The --librosa preset: librosa_options(), mono, 22 050 Hz.
void apply_librosa_preset(RunOptions& options);

/// The command's option of that long name; nullptr if there is none.
[[nodiscard]] const OptionSpec* find_option(std::string_view name,
                                            Command command = Command::decompose);

/// The defaults, then the presets of `given`, then the rest of it in order (so that what is given
/// beside a preset wins), then validate(). Throws Error(usage).
[[nodiscard]] RunOptions make_run_options(std::span<const GivenOption> given);

/// How many parts there will be: of --parts auto the most there may be.
[[nodiscard]] Index expected_parts(const RunOptions& options);

/// More names than parts? How many parts there are may be known only when a file was read, so
/// validate() does not ask. Throws Error(usage).
void check_names(const std::vector<std::string>& names, Index num_parts);

/// `options` with `given` over them, then validate(). Throws Error(usage).
[[nodiscard]] RunOptions with_options(RunOptions options, std::span<const GivenOption> given);

/// Whole-options checks that need more than one field (a solver and a loss that do not fit, hop
/// above n_fft). Throws Error(usage).
void validate(const RunOptions& options);

/// What a run may use of memory: max_memory_bytes, by default 3/4 of usable_memory_bytes().
[[nodiscard]] std::uint64_t memory_limit_bytes(const RunOptions& options);

/// What decoding is held to by these options.
[[nodiscard]] DecodeRules decode_rules(const RunOptions& options);

/// The input's name without folders, its extension replaced by ".parts": "drums/loop.wav" gives
/// "loop.parts", which lies in the current directory wherever the input lies.
[[nodiscard]] std::string default_output_folder(std::string_view input_path);

}  // namespace partwise
