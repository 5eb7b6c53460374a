#pragma once
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/commands.hpp>
#include <partwise/decompose.hpp>
#include <partwise/enum_words.hpp>
#include <partwise/evaluation_options.hpp>
#include <partwise/option_spec.hpp>
#include <partwise/picture.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

/// What the parts are written as.
enum class OutputFormat { wav, wav24, wav16, flac, flac16 };

template <>
struct EnumWords<OutputFormat> {
  static constexpr Word<OutputFormat> list[] = {{"wav", OutputFormat::wav},
                                                {"wav24", OutputFormat::wav24},
                                                {"wav16", OutputFormat::wav16},
                                                {"flac", OutputFormat::flac},
                                                {"flac16", OutputFormat::flac16}};
};

/// Is it FLAC, and not WAV?
[[nodiscard]] constexpr bool is_flac(OutputFormat format) {
  return format == OutputFormat::flac || format == OutputFormat::flac16;
}

/// What the sound in report.html is encoded as.
enum class ReportAudioCodec { automatic, flac, opus, mp3, wav, none };

template <>
struct EnumWords<ReportAudioCodec> {
  static constexpr Word<ReportAudioCodec> list[] = {
      {"auto", ReportAudioCodec::automatic}, {"flac", ReportAudioCodec::flac},
      {"opus", ReportAudioCodec::opus},      {"mp3", ReportAudioCodec::mp3},
      {"wav", ReportAudioCodec::wav},        {"none", ReportAudioCodec::none}};
};

/// What RunOptions::report_size_mb may be: a browser reads no larger text.
inline constexpr Range<double> kReportSizeRange{1, 2000};

/// The session of a DAW that is written next to the parts.
enum class SessionFormat { reaper, dawproject };

template <>
struct EnumWords<SessionFormat> {
  static constexpr Word<SessionFormat> list[] = {{"reaper", SessionFormat::reaper},
                                                 {"dawproject", SessionFormat::dawproject}};
};

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
  /// Names or numbers of the parts that are written; the others become one. Empty: all.
  std::vector<std::string> only;
  std::vector<PartSplit> splits;  ///< of a stored run's parts
  bool force = false;             ///< replace an existing folder of ours
  bool report = true;
  bool events = true;      ///< hits and notes as CSV and MIDI
  bool one_shots = false;  ///< the cleanest hit of every drum-like part as a file, and an SFZ
  std::optional<SessionFormat> session;
  bool report_alone = false;  ///< the page will stand without the other files, and links none
  bool pictures = false;      ///< spectrogram, spectra and activations as PNG files
  ReportAudioCodec report_audio = ReportAudioCodec::automatic;
  SpectrogramPlot plot;              ///< of the command spectrogram
  std::optional<std::string> title;  ///< of the plot; not given: the file's name
  EvaluateOptions evaluation;        ///< of the command evaluate
  double report_size_mb = 25;  ///< of report.html, at most: its sound is lowered or linked for it
  std::optional<double> sample_rate_hz;  ///< resample to this rate; not given: native
  bool mono = false;
  DecodeRange range;
  double max_duration_s = DecodeRules{}.max_duration_s;
  std::optional<std::uint64_t> max_memory_bytes;  ///< not given: see memory_limit_bytes()
  bool strict = false;                            ///< damage is an error
  AnalysisOptions analysis;
  std::string start_file;      ///< the FILE.npz of --init
  std::optional<int> threads;  ///< not given: all processors
  bool quiet = false;
  bool json = false;
  bool json_progress = false;
  bool estimate = false;  ///< say what the run would take, and do not begin it
  bool librosa = false;   ///< the preset was asked for
};

/// The --librosa preset over `options`: librosa_options(), mono, 22 050 Hz. Parts stay as they
/// are, which validate() refuses with it.
[[nodiscard]] RunOptions librosa_preset(RunOptions options);

/// The defaults, then the presets of `given`, then the rest of it in order (so that what is given
/// beside a preset wins), then validate(). Throws Error(usage).
[[nodiscard]] RunOptions make_run_options(std::span<const GivenOption> given);

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
