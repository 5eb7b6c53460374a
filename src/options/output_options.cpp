#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr std::string_view kSizeText = "WIDTHxHEIGHT, each 200..20000";
constexpr std::string_view kAxisWords[] = {"log", "linear"};

constexpr OptionAccess kSize = {
    OptionKind::text,
    [](const RunOptions& options) {
      return OptionValue(std::to_string(options.plot.width) + "x" +
                         std::to_string(options.plot.height));
    },
    [](RunOptions& options, const OptionValue& value) {
      const std::string_view text = std::get<std::string>(value);
      const auto by = std::min(text.find('x'), text.size());
      const auto width = read_integer(text.substr(0, by));
      const auto height = read_integer(text.substr(std::min(by + 1, text.size())));
      if (!width || !height || !kPixelsRange.contains(*width) || !kPixelsRange.contains(*height)) {
        refuse("size", text, kSizeText);
      }
      options.plot.width = *width;
      options.plot.height = *height;
    }};

constexpr OptionAccess kAxis = {
    OptionKind::choice,
    [](const RunOptions& options) {
      return OptionValue(std::string(kAxisWords[options.plot.logarithmic ? 0 : 1]));
    },
    [](RunOptions& options, const OptionValue& value) {
      options.plot.logarithmic = std::get<std::string>(value) == kAxisWords[0];
    },
    kAxisWords};

constexpr OptionVariant kOutputs[] = {
    {{Command::decompose},
     "the folder to write; by default FILE's name with .parts for its extension, in the current "
     "directory; with several files the folder of their folders",
     "DIR",
     "a folder's name",
     PathKind::folder},
    {{Command::resynth},
     "the folder to write; by default DIR's name with -resynth.parts for its extension, in the "
     "current directory",
     "DIR",
     "a folder's name",
     PathKind::folder},
    {{Command::spectrogram},
     "the picture to write; by default FILE's name with .png for its extension, in the current "
     "directory",
     "FILE",
     "a file's name",
     PathKind::file},
};

constexpr OptionRow kRows[] = {
    {.name = "output",
     .short_name = 'o',
     .value_name = "DIR",
     .help = "what to write",
     .access = path_member([](auto& o) -> auto& { return o.output; }),
     .commands = kWriting,
     .reach = OptionReach::record,
     .variants = kOutputs},
    {.name = "size",
     .value_name = "WxH",
     .help = "of the picture, in pixels",
     .access = kSize,
     .unit = "px",
     .range = kSizeText,
     .commands = {Command::spectrogram}},
    {.name = "axis",
     .value_name = "NAME",
     .help = "of the frequencies",
     .access = kAxis,
     .commands = {Command::spectrogram}},
    {.name = "min-hz",
     .python_name = "fmin",
     .field = "hz_min",
     .value_name = "HZ",
     .help = "the lowest frequency shown",
     .access = member([](auto& o) -> auto& { return o.plot.hz_min; }),
     .limits = kHertzRange,
     .unit = "Hz",
     .default_words = "32.7, or 0 on a linear axis",
     .commands = {Command::spectrogram}},
    {.name = "max-hz",
     .python_name = "fmax",
     .field = "hz_max",
     .value_name = "HZ",
     .help = "the highest frequency shown",
     .access = member([](auto& o) -> auto& { return o.plot.hz_max; }),
     .limits = kHertzRange,
     .unit = "Hz",
     .default_words = "half the sample rate",
     .commands = {Command::spectrogram}},
    {.name = "depth",
     .python_name = "top_db",
     .value_name = "DB",
     .help = "what lies further below the loudest is dark",
     .access = member([](auto& o) -> auto& { return o.plot.depth_db; }),
     .limits = kDepthRange,
     .unit = "dB",
     .commands = {Command::spectrogram}},
    {.name = "colours",
     .python_name = "cmap",
     .value_name = "NAME",
     .help = "from quiet to loud",
     .access = member([](auto& o) -> auto& { return o.plot.colours; }),
     .commands = {Command::spectrogram}},
    {.name = "title",
     .value_name = "TEXT",
     .help = "over the picture; '' for none",
     .access = member([](auto& o) -> auto& { return o.title; }),
     .range = kAnyText,
     .default_words = "FILE's name",
     .commands = {Command::spectrogram}},
    {.name = "format",
     .value_name = "NAME",
     .help = "of the parts: wav is 32 bit float, flac is 24 bit",
     .access = member([](auto& o) -> auto& { return o.format; }),
     .commands = kSeparating},
    {.name = "force",
     .help = "replace what partwise wrote before",
     .access = member([](auto& o) -> auto& { return o.force; }),
     .commands = kWriting,
     .reach = OptionReach::record},
    {.name = "no-report",
     .help = "write no report.html",
     .access = switch_off([](auto& o) -> auto& { return o.report; }),
     .commands = kSeparating,
     .reach = OptionReach::outputs},
    {.name = "no-events",
     .help = "look for no hits and notes",
     .access = switch_off([](auto& o) -> auto& { return o.events; }),
     .commands = kSeparating,
     .reach = OptionReach::outputs},
    {.name = "one-shots",
     .help = "write the cleanest hit of every drum-like part as a file too, and one-shots.sfz",
     .access = member([](auto& o) -> auto& { return o.one_shots; }),
     .commands = kSeparating,
     .reach = OptionReach::outputs},
    {.name = "session",
     .value_name = "NAME",
     .help = "write a session for a DAW too: session.rpp for Reaper, or session.dawproject for "
             "Bitwig, Studio One and Cubase",
     .access = member([](auto& o) -> auto& { return o.session; }),
     .not_given = "none",
     .range = "reaper, dawproject or none",
     .commands = kSeparating},
    {.name = "pictures",
     .help = "write spectrogram.png, spectra.png and activations.png too",
     .access = member([](auto& o) -> auto& { return o.pictures; }),
     .commands = kSeparating},
    {.name = "report-audio",
     .value_name = "NAME",
     .help = "the sound inside report.html: auto is without loss where it fits, else opus",
     .access = member([](auto& o) -> auto& { return o.report_audio; }),
     .commands = kSeparating},
    {.name = "report-size",
     .value_name = "MB",
     .help = "report.html takes this at most; sound that does not fit is linked",
     .access = member([](auto& o) -> auto& { return o.report_size_mb; }),
     .limits = kReportSizeRange,
     .unit = "MB",
     .commands = kSeparating},
};

}  // namespace

OptionGroup output_options() { return {"Output", kRows}; }

}  // namespace partwise
