// Every option of a run, declared once. Ranges stand beside their words, so that parser, help and
// messages cannot disagree.
#include <options/merge_text.hpp>
#include <options/name_list.hpp>
#include <options/option_parsing.hpp>
#include <partwise/run_options.hpp>

namespace partwise {
namespace {

constexpr std::string_view kInput = "Input";
constexpr std::string_view kSpectrogram = "Spectrogram";
constexpr std::string_view kFactorization = "Factorization";
constexpr std::string_view kSound = "Parts";
constexpr std::string_view kScores = "Scores";
constexpr std::string_view kOutput = "Output";
constexpr std::string_view kRunning = "Running";

constexpr IntegerRange kComponents{1, 4096, "1..4096"};
constexpr IntegerRange kMaxIterations{0, 1'000'000, "0..1000000"};
constexpr IntegerRange kSeed{0, 4'294'967'295, "0..4294967295"};
constexpr IntegerRange kFftSize{16, 1 << 20, "16..1048576"};
constexpr IntegerRange kHop{1, 1 << 20, "1..n_fft"};  // validate() knows n_fft
constexpr IntegerRange kPower{1, 2, "1 or 2"};
constexpr IntegerRange kThreads{1, 1024, "1..1024"};
constexpr NumberRange kBeta{-4, 4, "-4..4"};
constexpr NumberRange kTolerance{0, 1, "0 or more, below 1", false, true};
constexpr NumberRange kPenalty{0, 1e12, "0..1e12"};
constexpr NumberRange kMaskExponent{0.1, 10, "0.1..10"};
// Thirty years: longer than any recording, far below where a double loses samples.
constexpr NumberRange kOffset{0, 1e9, "0..1e9"};
constexpr NumberRange kDuration{0, 1e9, "more than 0, at most 1e9", true};
constexpr std::uint64_t kMegabyte = 1'000'000;
// Sixteen are what the program itself takes; the upper end is a thousand times today's machines.
constexpr IntegerRange kMemory{16, 1'000'000'000, "16..1000000000"};
constexpr std::string_view kInputText = "the path of an audio file, - or an address";
constexpr std::string_view kMixText = "the path of an audio file";
constexpr std::string_view kRateText = "1000..1000000 (a whole number) or native";
constexpr std::string_view kRateWords[] = {"native"};
constexpr std::string_view kPowerWords[] = {"1", "2"};
constexpr IntegerRange kRate{1000, 1000000, kRateText};

constexpr Choice<double> kLosses[] = {
    {"kullback-leibler", 1}, {"frobenius", 2}, {"itakura-saito", 0}};
constexpr auto kLossWords = words_of(kLosses);
constexpr std::string_view kLossText = "kullback-leibler, frobenius or itakura-saito";
constexpr IntegerRange kParts{1, 256, "1..256 or auto"};
constexpr std::string_view kPartsWords[] = {"auto"};
constexpr Choice<PartMethod> kMethods[] = {{"auto", PartMethod::automatic},
                                           {"plain", PartMethod::plain},
                                           {"merge", PartMethod::merge},
                                           {"drums", PartMethod::drums}};
constexpr auto kMethodWords = words_of(kMethods);
constexpr std::string_view kMethodText = "auto, plain, merge or drums";
constexpr Choice<Solver> kSolvers[] = {
    {"auto", Solver::automatic}, {"fast", Solver::fast}, {"cd", Solver::cd}, {"mu", Solver::mu}};
constexpr auto kSolverWords = words_of(kSolvers);
constexpr std::string_view kSolverText = "auto, fast, cd or mu";
constexpr std::string_view kPrecisionText = "float32, bf16 or float64";
constexpr Choice<Start> kStarts[] = {{"auto", Start::automatic},
                                     {"nndsvd", Start::nndsvd},
                                     {"nndsvda", Start::nndsvda},
                                     {"nndsvdar", Start::nndsvdar},
                                     {"random", Start::random}};
constexpr auto kStartWords = words_of(kStarts);
constexpr std::string_view kStartText =
    "auto, nndsvd, nndsvda, nndsvdar, random or the name of an .npz file";
constexpr Choice<Resynthesis> kResyntheses[] = {{"mask", Resynthesis::mask},
                                                {"factors", Resynthesis::factors}};
constexpr auto kResynthesisWords = words_of(kResyntheses);
constexpr std::string_view kResynthesisText = "mask or factors";
constexpr Choice<SortOrder> kSorts[] = {{"peak", SortOrder::peak},
                                        {"energy", SortOrder::energy},
                                        {"onset", SortOrder::onset},
                                        {"none", SortOrder::none}};
constexpr auto kSortWords = words_of(kSorts);
constexpr std::string_view kSortText = "peak, energy, onset or none";
constexpr Choice<OutputFormat> kFormats[] = {{"wav", OutputFormat::wav},
                                             {"wav24", OutputFormat::wav24},
                                             {"wav16", OutputFormat::wav16},
                                             {"flac", OutputFormat::flac},
                                             {"flac16", OutputFormat::flac16}};
constexpr auto kFormatWords = words_of(kFormats);
constexpr std::string_view kFormatText = "wav, wav24, wav16, flac or flac16";
constexpr Choice<ReportAudioCodec> kReportAudios[] = {
    {"auto", ReportAudioCodec::automatic}, {"flac", ReportAudioCodec::flac},
    {"opus", ReportAudioCodec::opus},      {"mp3", ReportAudioCodec::mp3},
    {"wav", ReportAudioCodec::wav},        {"none", ReportAudioCodec::none}};
constexpr auto kReportAudioWords = words_of(kReportAudios);
constexpr std::string_view kReportAudioText = "auto, flac, opus, mp3, wav or none";
constexpr Choice<ColourMap> kColours[] = {
    {"magma", ColourMap::magma}, {"coolwarm", ColourMap::coolwarm}, {"grey", ColourMap::grey}};
constexpr auto kColourWords = words_of(kColours);
constexpr std::string_view kColourText = "magma, coolwarm or grey";
constexpr Choice<bool> kAxes[] = {{"log", true}, {"linear", false}};
constexpr auto kAxisWords = words_of(kAxes);
constexpr std::string_view kAxisText = "log or linear";
constexpr IntegerRange kPixels{200, 20000, "WIDTHxHEIGHT, each 200..20000"};
constexpr NumberRange kHertz{1, 500000, "1..500000"};
constexpr NumberRange kDepth{1, 300, "1..300"};  // beyond, single precision has nothing to show
constexpr NumberRange kReportSize{1, 2000, "1..2000"};  // a browser reads no larger text

constexpr Choice<PartMatching> kMatchings[] = {{"auto", PartMatching::automatic},
                                               {"names", PartMatching::names},
                                               {"permutation", PartMatching::permutation},
                                               {"oracle", PartMatching::oracle}};
constexpr auto kMatchingWords = words_of(kMatchings);
constexpr std::string_view kMatchingText = "auto, names, permutation or oracle";
constexpr NumberRange kWindow{0, 10, "0..10"};  // further apart no two onsets are the same

enum class PrecisionWord { float32, bf16, float64 };
constexpr Choice<PrecisionWord> kPrecisions[] = {{"float32", PrecisionWord::float32},
                                                 {"bf16", PrecisionWord::bf16},
                                                 {"float64", PrecisionWord::float64}};
constexpr auto kPrecisionWords = words_of(kPrecisions);

void set_precision(RunOptions& options, std::string_view value) {
  const PrecisionWord word = parse_choice("precision", value, kPrecisions, kPrecisionText);
  options.analysis.precision =
      word == PrecisionWord::float64 ? Precision::double_precision : Precision::single_precision;
  options.analysis.factorize.product_precision =
      word == PrecisionWord::bf16 ? ProductPrecision::bf16 : ProductPrecision::full;
}

std::string get_precision(const RunOptions& options) {
  const bool bf16 = options.analysis.factorize.product_precision == ProductPrecision::bf16;
  const bool single = options.analysis.precision == Precision::single_precision;
  return json_string(word_for(bf16     ? PrecisionWord::bf16
                              : single ? PrecisionWord::float32
                                       : PrecisionWord::float64,
                              kPrecisions));
}

/// What parts of several components are best made with (docs/algorithms/parts.md): more iterations
/// gain nothing that merging keeps.
constexpr double kMaskExponentOfParts = 1.5;
constexpr Index kMaxIterationsOfParts = 150;

void set_parts(RunOptions& options, std::string_view value) {
  PartsOptions& parts = options.analysis.parts;
  parts.choose = value == "auto";
  parts.num_parts = parts.choose ? 0 : parse_integer("parts", value, kParts);
  options.analysis.separate.mask_exponent = kMaskExponentOfParts;
  options.analysis.factorize.max_iterations = kMaxIterationsOfParts;
}

std::string get_parts(const RunOptions& options) {
  const PartsOptions& parts = options.analysis.parts;
  if (parts.choose) return json_string("auto");
  return parts.wanted() ? json_integer(parts.num_parts) : "null";
}

void set_size(RunOptions& options, std::string_view value) {
  const auto by = value.find('x');
  if (by == std::string_view::npos) refuse("size", value, kPixels.text);
  options.plot.width = parse_integer("size", value.substr(0, by), kPixels);
  options.plot.height = parse_integer("size", value.substr(by + 1), kPixels);
}

void set_start(RunOptions& options, std::string_view value) {
  constexpr std::string_view suffix = ".npz";
  const bool is_file = value.size() > suffix.size() && value.ends_with(suffix);
  options.analysis.factorize.start =
      is_file ? Start::given : parse_choice("init", value, kStarts, kStartText);
  options.start_file = is_file ? value : std::string_view();
}

std::string get_start(const RunOptions& options) {
  const auto start = options.analysis.factorize.start;
  if (start == Start::given) return json_string(last_path_component(options.start_file));
  return json_string(word_for(start, kStarts));
}

std::string get_loss(const RunOptions& options) {
  const auto word = word_for(options.analysis.factorize.beta, kLosses);
  return word.empty() ? "null" : json_string(word);
}

// Zero in these fields means "not said".
std::string number_or(double value, std::string_view otherwise) {
  return value != 0 ? json_number(value) : std::string(otherwise);
}
std::string integer_or_null(Index value) { return value != 0 ? json_integer(value) : "null"; }

using Text = std::string_view;

constexpr OptionUse kAnalysed = OptionUse().by({Command::decompose, Command::spectrogram});
constexpr OptionUse kAll =
    OptionUse().by({Command::decompose, Command::resynth, Command::spectrogram});
constexpr OptionUse kBoth = OptionUse().by({Command::decompose, Command::resynth});
constexpr OptionUse kReading =
    OptionUse().by({Command::decompose, Command::resynth, Command::info, Command::spectrogram});
constexpr OptionUse kComputing =
    OptionUse().by({Command::decompose, Command::resynth, Command::spectrogram, Command::evaluate});
constexpr OptionUse kEveryone = OptionUse().by(
    {Command::decompose, Command::resynth, Command::info, Command::spectrogram, Command::evaluate});

constexpr OptionSpec kTable[] = {
    {"components", 'k', "n_components", kFactorization, "N", kComponents.text, "6",
     "how many parts to look for",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.num_components = parse_integer("components", v, kComponents);
       o.analysis.parts.choose_components = false;
     },
     [](const RunOptions& o) { return json_integer(o.analysis.factorize.num_components); }},
    {"parts", 0, "n_parts", kFactorization, "K|auto", kParts.text, "every component is one",
     "merge more components, 8 for each but at most 32 or 2 for each, into this many parts, and "
     "name them; auto suggests how many; {max-iter} is 150 then and {mask-exponent} 1.5",
     set_parts, get_parts, OptionUse().as_preset().offering(kPartsWords)},
    {"method", 0, "method", kFactorization, "NAME", kMethodText, "auto",
     "how parts are made: plain learns as many components as parts and merges none; drums refines "
     "merged parts as sounds that are struck; auto is drums for percussive recordings, else merge",
     [](RunOptions& o, Text v) {
       o.analysis.parts.method = parse_choice("method", v, kMethods, kMethodText);
     },
     [](const RunOptions& o) { return json_string(word_for(o.analysis.parts.method, kMethods)); },
     OptionUse().offering(kMethodWords)},
    {"loss", 0, "beta_loss", kFactorization, "NAME", kLossText, "kullback-leibler",
     "what a difference costs",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.beta = parse_choice("loss", v, kLosses, kLossText);
     },
     get_loss, OptionUse().offering(kLossWords)},
    {"beta", 0, "beta", kFactorization, "X", kBeta.text, "1",
     "the same as a number: 2 frobenius, 1 kullback-leibler, 0 itakura-saito",
     [](RunOptions& o, Text v) { o.analysis.factorize.beta = parse_number("beta", v, kBeta); },
     [](const RunOptions& o) { return json_number(o.analysis.factorize.beta); }},
    {"solver", 0, "solver", kFactorization, "NAME", kSolverText, "auto",
     "auto is fast, or with {librosa} cd or mu: plain coordinate descent (frobenius only) or "
     "multiplicative updates",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.solver = parse_choice("solver", v, kSolvers, kSolverText);
     },
     [](const RunOptions& o) {
       return json_string(word_for(o.analysis.factorize.solver, kSolvers));
     },
     OptionUse().offering(kSolverWords)},
    {"precision", 0, "precision", kFactorization, "NAME", kPrecisionText, "float32",
     "of the arithmetic; bf16 (frobenius only) goes most of the way on the processor's tiles (AMX) "
     "and ends in float32",
     set_precision, get_precision, OptionUse().offering(kPrecisionWords)},
    {"init", 0, "init", kFactorization, "NAME|FILE", kStartText, "auto",
     "where W and H start; a file gives its W and H", set_start, get_start,
     OptionUse().offering(kStartWords).naming(PathKind::file)},
    {"max-iter", 0, "max_iter", kFactorization, "N", kMaxIterations.text, "500",
     "iterations at most",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.max_iterations = parse_integer("max-iter", v, kMaxIterations);
     },
     [](const RunOptions& o) { return json_integer(o.analysis.factorize.max_iterations); }},
    {"tol", 0, "tol", kFactorization, "X", kTolerance.text, "1e-4",
     "stop when the relative gain falls below this; 0: never early",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.tolerance = parse_number("tol", v, kTolerance);
     },
     [](const RunOptions& o) { return json_number(o.analysis.factorize.tolerance); }},
    {"seed", 0, "random_state", kFactorization, "N", kSeed.text, "0", "of every random number",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.seed = static_cast<std::uint32_t>(parse_integer("seed", v, kSeed));
     },
     [](const RunOptions& o) { return json_integer(o.analysis.factorize.seed); }},
    {"l1", 0, "l1", kFactorization, "X", kPenalty.text, "0",
     "weight of the sum of W and H: larger is sparser",
     [](RunOptions& o, Text v) {
       auto& penalties = o.analysis.factorize.penalties;
       penalties.l1_w = penalties.l1_h = parse_number("l1", v, kPenalty);
     },
     [](const RunOptions& o) { return json_number(o.analysis.factorize.penalties.l1_h); }},
    {"l2", 0, "l2", kFactorization, "X", kPenalty.text, "0",
     "weight of half the sum of squares of W and H: larger is more even",
     [](RunOptions& o, Text v) {
       auto& penalties = o.analysis.factorize.penalties;
       penalties.l2_w = penalties.l2_h = parse_number("l2", v, kPenalty);
     },
     [](const RunOptions& o) { return json_number(o.analysis.factorize.penalties.l2_h); }},
    {"continuity", 0, "continuity", kFactorization, "X", kPenalty.text, "0",
     "weight of temporal continuity: larger makes activations change more slowly",
     [](RunOptions& o, Text v) {
       o.analysis.factorize.continuity = parse_number("continuity", v, kPenalty);
     },
     [](const RunOptions& o) { return json_number(o.analysis.factorize.continuity); }},

    {"n-fft", 0, "n_fft", kSpectrogram, "SAMPLES", kFftSize.text, "93 ms, a power of two",
     "length of a frame",
     [](RunOptions& o, Text v) { o.analysis.stft.n_fft = parse_integer("n-fft", v, kFftSize); },
     [](const RunOptions& o) { return integer_or_null(o.analysis.stft.n_fft); }, kAnalysed},
    {"hop-length", 0, "hop_length", kSpectrogram, "SAMPLES", kHop.text, "n_fft / 4",
     "distance between frames",
     [](RunOptions& o, Text v) {
       o.analysis.stft.hop_length = parse_integer("hop-length", v, kHop);
     },
     [](const RunOptions& o) { return integer_or_null(o.analysis.stft.hop_length); }, kAnalysed},
    {"power", 0, "power", kSpectrogram, "N", kPower.text, "1",
     "factorize magnitudes (1) or powers (2)",
     [](RunOptions& o, Text v) {
       o.analysis.power = static_cast<int>(parse_integer("power", v, kPower));
       o.analysis.separate.power = o.analysis.power;
     },
     [](const RunOptions& o) { return json_integer(o.analysis.power); },
     OptionUse().offering(kPowerWords)},

    {"sample-rate", 0, "sr", kInput, "HZ|native", kRateText, "native", "resample to this rate",
     [](RunOptions& o, Text v) {
       o.sample_rate_hz =
           v == "native" ? 0 : static_cast<double>(parse_integer("sample-rate", v, kRate));
     },
     [](const RunOptions& o) { return number_or(o.sample_rate_hz, "\"native\""); },
     kAnalysed.offering(kRateWords)},
    {"mono", 0, "mono", kInput, "", "", "", "mix all channels into one",
     [](RunOptions& o, Text) { o.mono = true; },
     [](const RunOptions& o) { return json_bool(o.mono); }, kAnalysed},
    {"offset", 0, "offset", kInput, "SECONDS", kOffset.text, "0", "begin here",
     [](RunOptions& o, Text v) { o.range.offset_s = parse_number("offset", v, kOffset); },
     [](const RunOptions& o) { return json_number(o.range.offset_s); }, kAnalysed},
    {"duration", 0, "duration", kInput, "SECONDS", kDuration.text, "to the end", "take this much",
     [](RunOptions& o, Text v) { o.range.duration_s = parse_number("duration", v, kDuration); },
     [](const RunOptions& o) { return number_or(o.range.duration_s, "null"); }, kAnalysed},
    {"max-duration", 0, "max_duration", kInput, "SECONDS", kDuration.text, "21600",
     "refuse more sound than this",
     [](RunOptions& o, Text v) { o.max_duration_s = parse_number("max-duration", v, kDuration); },
     [](const RunOptions& o) { return json_number(o.max_duration_s); }, kReading},
    {"max-memory", 0, "max_memory", kInput, "MB", kMemory.text, "3/4 of the machine's",
     "refuse what needs more",
     [](RunOptions& o, Text v) {
       o.max_memory_bytes =
           kMegabyte * static_cast<std::uint64_t>(parse_integer("max-memory", v, kMemory));
     },
     [](const RunOptions& o) {
       return integer_or_null(static_cast<Index>(o.max_memory_bytes / kMegabyte));
     },
     kComputing},
    {"strict", 0, "strict", kInput, "", "", "", "damaged input is an error, not a warning",
     [](RunOptions& o, Text) { o.strict = true; },
     [](const RunOptions& o) { return json_bool(o.strict); }, kEveryone},
    {"input", 0, "input", kInput, "FILE", kInputText, "beside DIR, by the name in its summary",
     "the recording that DIR was made from",
     [](RunOptions& o, Text v) {
       if (v.empty()) refuse("input", v, kInputText);
       o.input = v;
     },
     [](const RunOptions& o) { return json_string(last_path_component(o.input)); },
     OptionUse().by({Command::resynth}).naming(PathKind::file)},
    {"mix", 0, "mix", kInput, "FILE", kMixText, "the item's mix, or the sum of its references",
     "the recording itself: improvements are above its own scores",
     [](RunOptions& o, Text v) {
       if (v.empty()) refuse("mix", v, kMixText);
       o.evaluation.mixture = v;
     },
     [](const RunOptions& o) { return json_string(last_path_component(o.evaluation.mixture)); },
     OptionUse().by({Command::evaluate}).naming(PathKind::file)},

    {"match", 0, "match", kScores, "NAME", kMatchingText, "auto",
     "which parts are held against a source: that of its name; one, by the best mean SIR; or those "
     "that the oracle groups; auto is names where they are the same, else oracle",
     [](RunOptions& o, Text v) {
       o.evaluation.matching = parse_choice("match", v, kMatchings, kMatchingText);
     },
     [](const RunOptions& o) { return json_string(word_for(o.evaluation.matching, kMatchings)); },
     OptionUse().by({Command::evaluate}).offering(kMatchingWords)},
    {"window", 0, "window", kScores, "SECONDS", kWindow.text, "0.05",
     "how far from a true onset a hit or a note counts as found",
     [](RunOptions& o, Text v) { o.evaluation.window_s = parse_number("window", v, kWindow); },
     [](const RunOptions& o) { return json_number(o.evaluation.window_s); },
     OptionUse().by({Command::evaluate})},

    {"merge", 0, "merge", kSound, "A+B,...", kMergeText, "as in DIR",
     "which parts become one, as in 0+3,1+2; a number alone keeps its part",
     [](RunOptions& o, Text v) { o.analysis.separate.groups = parse_merge("merge", v); },
     [](const RunOptions& o) { return json_string(merge_text(o.analysis.separate.groups)); },
     OptionUse().by({Command::resynth})},
    {"split", 0, "split", kSound, "N,N:M,...", kSplitText, "none",
     "which parts are taken apart into the two, or M, that they were merged from",
     [](RunOptions& o, Text v) { o.splits = parse_split("split", v); },
     [](const RunOptions& o) {
       return o.splits.empty() ? "null" : json_string(split_text(o.splits));
     },
     OptionUse().by({Command::resynth})},
    {"resynthesis", 0, "resynthesis", kSound, "NAME", kResynthesisText, "mask",
     "divide the sound among the parts, or play the raw factors with the mixture's phase",
     [](RunOptions& o, Text v) {
       o.analysis.separate.resynthesis =
           parse_choice("resynthesis", v, kResyntheses, kResynthesisText);
     },
     [](const RunOptions& o) {
       return json_string(word_for(o.analysis.separate.resynthesis, kResyntheses));
     },
     kBoth.offering(kResynthesisWords)},
    {"mask-exponent", 0, "mask_exponent", kSound, "X", kMaskExponent.text, "1",
     "larger is harder: less of one part in another, more artefacts",
     [](RunOptions& o, Text v) {
       o.analysis.separate.mask_exponent = parse_number("mask-exponent", v, kMaskExponent);
     },
     [](const RunOptions& o) { return json_number(o.analysis.separate.mask_exponent); }, kBoth},
    {"sort", 0, "sort", kSound, "NAME", kSortText, "peak", "in which order parts are numbered",
     [](RunOptions& o, Text v) { o.analysis.sort = parse_choice("sort", v, kSorts, kSortText); },
     [](const RunOptions& o) { return json_string(word_for(o.analysis.sort, kSorts)); },
     OptionUse().offering(kSortWords)},
    {"names", 0, "names", kSound, "A,B,...", kNamesText, "part-00, part-01, ...",
     "of the parts in their order, as in kick,snare,hat",
     [](RunOptions& o, Text v) { o.names = parse_names("names", v); },
     [](const RunOptions& o) {
       return o.names.empty() ? "null" : json_string(names_text(o.names));
     },
     kBoth},

    {"output", 'o', "output", kOutput, "DIR", "a folder's name", "",
     "the folder to write; by default FILE's name with .parts for its extension, in the current "
     "directory; with several files the folder of their folders",
     [](RunOptions& o, Text v) {
       if (v.empty()) refuse("output", v, "a folder's name");
       o.output = v;
     },
     // Without the folders above: a summary that is passed on names no places of this machine.
     [](const RunOptions& o) { return json_string(last_path_component(o.output)); },
     OptionUse().naming(PathKind::folder)},
    {"output", 'o', "output", kOutput, "DIR", "a folder's name", "",
     "the folder to write; by default DIR's name with -resynth.parts for its extension, in the "
     "current directory",
     [](RunOptions& o, Text v) {
       if (v.empty()) refuse("output", v, "a folder's name");
       o.output = v;
     },
     [](const RunOptions& o) { return json_string(last_path_component(o.output)); },
     OptionUse().by({Command::resynth}).naming(PathKind::folder)},
    {"output", 'o', "output", kOutput, "FILE", "a file's name", "",
     "the picture to write; by default FILE's name with .png for its extension, in the current "
     "directory",
     [](RunOptions& o, Text v) {
       if (v.empty()) refuse("output", v, "a file's name");
       o.output = v;
     },
     [](const RunOptions& o) { return json_string(last_path_component(o.output)); },
     OptionUse().naming(PathKind::file).by({Command::spectrogram})},
    {"size", 0, "size", kOutput, "WxH", kPixels.text, "1200x600", "of the picture, in pixels",
     set_size,
     [](const RunOptions& o) {
       return json_string(std::to_string(o.plot.width) + "x" + std::to_string(o.plot.height));
     },
     OptionUse().by({Command::spectrogram})},
    {"axis", 0, "axis", kOutput, "NAME", kAxisText, "log", "of the frequencies",
     [](RunOptions& o, Text v) { o.plot.logarithmic = parse_choice("axis", v, kAxes, kAxisText); },
     [](const RunOptions& o) { return json_string(word_for(o.plot.logarithmic, kAxes)); },
     OptionUse().by({Command::spectrogram}).offering(kAxisWords)},
    {"min-hz", 0, "fmin", kOutput, "HZ", kHertz.text, "32.7, or 0 on a linear axis",
     "the lowest frequency shown",
     [](RunOptions& o, Text v) { o.plot.hz_min = parse_number("min-hz", v, kHertz); },
     [](const RunOptions& o) { return number_or(o.plot.hz_min, "null"); },
     OptionUse().by({Command::spectrogram})},
    {"max-hz", 0, "fmax", kOutput, "HZ", kHertz.text, "half the sample rate",
     "the highest frequency shown",
     [](RunOptions& o, Text v) { o.plot.hz_max = parse_number("max-hz", v, kHertz); },
     [](const RunOptions& o) { return number_or(o.plot.hz_max, "null"); },
     OptionUse().by({Command::spectrogram})},
    {"depth", 0, "top_db", kOutput, "DB", kDepth.text, "80",
     "what lies further below the loudest is dark",
     [](RunOptions& o, Text v) { o.plot.depth_db = parse_number("depth", v, kDepth); },
     [](const RunOptions& o) { return json_number(o.plot.depth_db); },
     OptionUse().by({Command::spectrogram})},
    {"colours", 0, "cmap", kOutput, "NAME", kColourText, "magma", "from quiet to loud",
     [](RunOptions& o, Text v) {
       o.plot.colours = parse_choice("colours", v, kColours, kColourText);
     },
     [](const RunOptions& o) { return json_string(word_for(o.plot.colours, kColours)); },
     OptionUse().by({Command::spectrogram}).offering(kColourWords)},
    {"title", 0, "title", kOutput, "TEXT", "any text", "FILE's name",
     "over the picture; '' for none",
     [](RunOptions& o, Text v) {
       o.plot.title = v;
       o.has_title = true;
     },
     [](const RunOptions& o) { return json_string(o.plot.title); },
     OptionUse().by({Command::spectrogram})},
    {"format", 0, "format", kOutput, "NAME", kFormatText, "wav",
     "of the parts: wav is 32 bit float, flac is 24 bit",
     [](RunOptions& o, Text v) { o.format = parse_choice("format", v, kFormats, kFormatText); },
     [](const RunOptions& o) { return json_string(word_for(o.format, kFormats)); },
     kBoth.offering(kFormatWords)},
    {"force", 0, "force", kOutput, "", "", "", "replace what partwise wrote before",
     [](RunOptions& o, Text) { o.force = true; },
     [](const RunOptions& o) { return json_bool(o.force); }, kAll},
    {"no-report", 0, "no_report", kOutput, "", "", "", "write no report.html",
     [](RunOptions& o, Text) { o.report = false; },
     [](const RunOptions& o) { return json_bool(!o.report); }, kBoth},
    {"no-events", 0, "no_events", kOutput, "", "", "", "look for no hits and notes",
     [](RunOptions& o, Text) { o.events = false; },
     [](const RunOptions& o) { return json_bool(!o.events); }, kBoth},
    {"one-shots", 0, "one_shots", kOutput, "", "", "",
     "write the cleanest hit of every drum-like part as a file too, and one-shots.sfz",
     [](RunOptions& o, Text) { o.one_shots = true; },
     [](const RunOptions& o) { return json_bool(o.one_shots); }, kBoth},
    {"pictures", 0, "pictures", kOutput, "", "", "",
     "write spectrogram.png, spectra.png and activations.png too",
     [](RunOptions& o, Text) { o.pictures = true; },
     [](const RunOptions& o) { return json_bool(o.pictures); }, kBoth},
    {"report-audio", 0, "report_audio", kOutput, "NAME", kReportAudioText, "auto",
     "the sound inside report.html: auto is without loss where it fits, else opus",
     [](RunOptions& o, Text v) {
       o.report_audio = parse_choice("report-audio", v, kReportAudios, kReportAudioText);
     },
     [](const RunOptions& o) { return json_string(word_for(o.report_audio, kReportAudios)); },
     kBoth.offering(kReportAudioWords)},
    {"report-size", 0, "report_size", kOutput, "MB", kReportSize.text, "25",
     "report.html takes this at most; sound that does not fit is linked",
     [](RunOptions& o, Text v) { o.report_size_mb = parse_number("report-size", v, kReportSize); },
     [](const RunOptions& o) { return json_number(o.report_size_mb); }, kBoth},

    {"threads", 0, "threads", kRunning, "N", kThreads.text, "all processors",
     "how many to use; the results are the same bits for any number",
     [](RunOptions& o, Text v) {
       o.threads = static_cast<int>(parse_integer("threads", v, kThreads));
     },
     [](const RunOptions& o) { return integer_or_null(o.threads); }, kComputing},
    {"quiet", 0, "quiet", kRunning, "", "", "", "no progress, no table; warnings and errors stay",
     [](RunOptions& o, Text) { o.quiet = true; },
     [](const RunOptions& o) { return json_bool(o.quiet); }, kAll},
    {"json", 0, "json", kRunning, "", "", "", "print summary.json instead of the table",
     [](RunOptions& o, Text) { o.json = true; },
     [](const RunOptions& o) { return json_bool(o.json); }, kBoth},
    {"json", 0, "json", kRunning, "", "", "", "print one JSON object a line, one for each file",
     [](RunOptions& o, Text) { o.json = true; },
     [](const RunOptions& o) { return json_bool(o.json); }, OptionUse().by({Command::info})},
    {"json", 0, "json", kRunning, "", "", "", "print one JSON object instead of the table",
     [](RunOptions& o, Text) { o.json = true; },
     [](const RunOptions& o) { return json_bool(o.json); }, OptionUse().by({Command::evaluate})},
    {"estimate", 0, "estimate", kRunning, "", "", "",
     "say how much time, memory and disk the run would take here, and do not begin it",
     [](RunOptions& o, Text) { o.estimate = true; },
     [](const RunOptions& o) { return json_bool(o.estimate); }, OptionUse().not_in_summary()},
    {"json-progress", 0, "json_progress", kRunning, "", "", "",
     "tell where the run stands on standard error, as one JSON object a line",
     [](RunOptions& o, Text) { o.json_progress = true; },
     [](const RunOptions& o) { return json_bool(o.json_progress); }, kBoth.not_in_summary()},
    {"librosa", 0, "librosa", kRunning, "", "", "",
     "the numbers of a notebook with librosa and scikit-learn; options given beside it win",
     [](RunOptions& o, Text) { apply_librosa_preset(o); },
     [](const RunOptions& o) { return json_bool(o.librosa); }, OptionUse().as_preset()},
};

}  // namespace

std::span<const OptionSpec> option_table() { return kTable; }

std::string_view report_audio_name(ReportAudioCodec codec) {
  return word_for(codec, kReportAudios);
}

}  // namespace partwise
