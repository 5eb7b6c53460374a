// Every command of the program, declared once. Its options are rows of the option table.
#include <algorithm>
#include <cassert>
#include <limits>
#include <partwise/commands.hpp>

namespace partwise {
namespace {

constexpr CommandExample kDecomposeExamples[] = {
    {"partwise decompose loop.wav -k 3",
     "three parts into loop.parts/; open loop.parts/report.html"},
    {"partwise decompose loop.wav --parts auto",
     "as many parts as there seem to be, merged from finer components and named"},
    {"partwise decompose song.mp3 -k 12 --offset 30 --duration 20 -o verse",
     "twenty seconds of a song into verse/"},
    {"partwise decompose loop.wav --format flac --sort energy --force",
     "the loudest part first, as FLAC, in place of the last result"},
    {"partwise decompose loops/*.wav -k 3 --names kick,snare,hat -o taken-apart",
     "every loop of a folder, each into taken-apart/NAME.parts/"},
    {"partwise decompose notebook.wav --librosa",
     "the numbers of librosa 0.10.2 and scikit-learn 1.2.1"},
};

constexpr CommandExample kResynthExamples[] = {
    {"partwise resynth loop.parts --merge 0+3 --names drums",
     "parts 0 and 3 as one, into loop-resynth.parts/"},
    {"partwise resynth loop.parts --split 0",
     "part 0 of a run with --parts taken apart into the two it was merged from"},
    {"partwise resynth loop.parts --mask-exponent 2 --format flac -o harder",
     "parts that share less, as FLAC, into harder/"},
};

constexpr CommandExample kInfoExamples[] = {
    {"partwise info loop.wav", "what there is to know of one file"},
    {"partwise info --json *.flac", "one JSON object a line, for other programs"},
};

constexpr CommandExample kSpectrogramExamples[] = {
    {"partwise spectrogram loop.wav", "loop.png: 80 dB over a logarithmic axis from C1 up"},
    {"partwise spectrogram song.mp3 --duration 30 --size 2400x900 -o intro.png",
     "half a minute, larger"},
    {"partwise spectrogram loop.wav --axis linear --max-hz 8000 --colours grey", "as in print"},
};

constexpr CommandExample kEvaluateExamples[] = {
    {"partwise evaluate stems loop.parts",
     "how well the parts agree with the stems, grouped as they fit best"},
    {"partwise evaluate song song-separated --match permutation --json",
     "song/stems, one part for each, as JSON"},
    {"partwise evaluate recordings results",
     "every recordings/NAME against results/NAME, the worst first, and their means"},
};

constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

constexpr CommandSpec kCommands[] = {
    {Command::decompose, "decompose", "take a recording apart into the parts it is made of",
     "FILE...", "FILE", PathKind::file, 1, kAnyNumber,
     "FILE is any WAV, FLAC, AIFF, Ogg, Opus, MP3, W64, CAF or AU file; where ffmpeg is installed "
     "M4A, AAC, WMA, Matroska and the like; - for standard input; or an http or https address. The "
     "parts, their sum, what is left over, the factors and a page to see and hear them in are "
     "written into one folder: FILE's name with .parts for its extension, in the current "
     "directory. Several files get a folder each, and the rest goes on when one fails.",
     kDecomposeExamples},
    {Command::resynth, "resynth", "make the parts of a run again, without factorising", "DIR",
     "DIR", PathKind::folder, 1, 1,
     "DIR is a folder that partwise decompose wrote. Its factors and its recording give parts with "
     "other masks, names or formats, or several as one. The recording must be the same file; how "
     "it "
     "was read and analysed is taken from DIR's summary.json, and so is what no option says. With "
     "no "
     "option but --output the parts are the same bits.",
     kResynthExamples},
    {Command::info, "info", "say what sound a file holds", "FILE...", "FILE", PathKind::file, 1,
     kAnyNumber,
     "Format, sample rate, channels, length, peak, loudness (integrated, ITU-R BS.1770-4 and EBU R "
     "128), digital silence, tags, and whether the file is damaged. FILE is anything that "
     "decompose "
     "reads; all of it is heard, in blocks. Where a file cannot be read, the others are still "
     "told.",
     kInfoExamples},
    {Command::spectrogram, "spectrogram", "draw a recording's spectrogram", "FILE", "FILE",
     PathKind::file, 1, 1,
     "FILE is anything that decompose reads. The picture is a PNG: decibels below the loudest "
     "moment "
     "over time and frequency, with axes and a colour bar. By default its name is FILE's with .png "
     "for its extension, in the current directory.",
     kSpectrogramExamples},
    {Command::evaluate, "evaluate", "say how well parts agree with known stems",
     "REFERENCE_DIR ESTIMATE_DIR", "DIR", PathKind::folder, 2, 2,
     "REFERENCE_DIR holds a WAV, FLAC or AIFF file for each source, or a folder stems of them "
     "beside "
     "mix.wav, drums.csv and notes.csv; ESTIMATE_DIR the parts, as partwise decompose or any other "
     "program left them. SDR, SIR and SAR are those of BSS Eval v3 (512 taps, the mean over "
     "channels), equal to mir_eval's; SI-SDR is over all channels. Hits and notes are scored where "
     "both folders tell of them.\nA folder of such REFERENCE_DIRs, each with stems, against a "
     "folder "
     "of folders of the same names gives a line for each, the worst first, and means with "
     "bootstrap "
     "intervals (95 %).",
     kEvaluateExamples},
};

constexpr ExitCode kExitCodes[] = {
    {"0", "done"},
    {"1", "several files failed, for different reasons"},
    {"2", "usage"},
    {"3", "cannot read"},
    {"4", "malformed or unsupported input"},
    {"5", "over a resource limit"},
    {"6", "cannot write"},
    {"7", "numerical"},
    {"8", "network"},
    {"70", "a fault of partwise"},
    {"130, 143", "stopped by SIGINT, SIGTERM"},
};

}  // namespace

std::span<const CommandSpec> command_table() { return kCommands; }

const CommandSpec& command_spec(Command command) {
  const auto found = std::ranges::find(kCommands, command, &CommandSpec::command);
  assert(found != std::end(kCommands));
  return *found;
}

const CommandSpec* find_command(std::string_view name) {
  const auto found = std::ranges::find(kCommands, name, &CommandSpec::name);
  return found == std::end(kCommands) ? nullptr : found;
}

std::span<const ExitCode> exit_code_table() { return kExitCodes; }

}  // namespace partwise
