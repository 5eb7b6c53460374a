#include <options/option_row.hpp>

namespace partwise {
namespace {

constexpr Word<double> kLosses[] = {
    {"kullback-leibler", 1}, {"frobenius", 2}, {"itakura-saito", 0}};
constexpr std::string_view kLossWords[] = {kLosses[0].word, kLosses[1].word, kLosses[2].word};
constexpr std::string_view kPartsWords[] = {"auto"};
constexpr std::string_view kPrecisionWords[] = {"float32", "bf16", "float64"};
constexpr std::string_view kStartWords[] = {"auto", "nndsvd", "nndsvda", "nndsvdar", "random"};

/// A name for some values of beta.
constexpr OptionAccess kLoss = {OptionKind::choice,
                                [](const RunOptions& options) {
                                  for (const auto& loss : kLosses) {
                                    if (loss.value == options.analysis.factorize.beta)
                                      return OptionValue(std::string(loss.word));
                                  }
                                  return OptionValue();
                                },
                                [](RunOptions& options, const OptionValue& value) {
                                  for (const auto& loss : kLosses) {
                                    if (loss.word == std::get<std::string>(value))
                                      options.analysis.factorize.beta = loss.value;
                                  }
                                },
                                kLossWords};

constexpr OptionAccess kParts = {OptionKind::integer,
                                 [](const RunOptions& options) {
                                   const PartsOptions& parts = options.analysis.parts;
                                   if (parts.choose)
                                     return OptionValue(std::string(kPartsWords[0]));
                                   return parts.num_parts ? OptionValue(*parts.num_parts)
                                                          : OptionValue();
                                 },
                                 [](RunOptions& options, const OptionValue& value) {
                                   PartsOptions& parts = options.analysis.parts;
                                   parts.choose = std::holds_alternative<std::string>(value);
                                   parts.num_parts.reset();
                                   if (const auto* count = std::get_if<Index>(&value))
                                     parts.num_parts = *count;
                                 }};

/// Of transforms and solver, and of the solver's products.
constexpr OptionAccess kPrecision = {
    OptionKind::choice,
    [](const RunOptions& options) {
      const bool bf16 = options.analysis.factorize.product_precision == ProductPrecision::bf16;
      const bool single = options.analysis.precision == Precision::single_precision;
      return OptionValue(std::string(bf16 ? "bf16" : single ? "float32" : "float64"));
    },
    [](RunOptions& options, const OptionValue& value) {
      const auto& word = std::get<std::string>(value);
      options.analysis.precision =
          word == "float64" ? Precision::double_precision : Precision::single_precision;
      options.analysis.factorize.product_precision =
          word == "bf16" ? ProductPrecision::bf16 : ProductPrecision::full;
    },
    kPrecisionWords};

/// A start by its name, or a file of factors.
constexpr OptionAccess kStart = {
    OptionKind::choice,
    [](const RunOptions& options) {
      const Start start = options.analysis.factorize.start;
      return OptionValue(std::string(start == Start::given ? last_path_component(options.start_file)
                                                           : enum_word(start)));
    },
    [](RunOptions& options, const OptionValue& value) {
      const auto& text = std::get<std::string>(value);
      const auto start = enum_value<Start>(text);
      options.analysis.factorize.start = start.value_or(Start::given);
      options.start_file = start ? std::string() : text;
    },
    kStartWords};

// One weight for both factors.
constexpr OptionAccess kL1 = {OptionKind::number,
                              [](const RunOptions& options) {
                                return OptionValue(options.analysis.factorize.penalties.l1_h);
                              },
                              [](RunOptions& options, const OptionValue& value) {
                                auto& penalties = options.analysis.factorize.penalties;
                                penalties.l1_w = penalties.l1_h = std::get<double>(value);
                              }};
constexpr OptionAccess kL2 = {OptionKind::number,
                              [](const RunOptions& options) {
                                return OptionValue(options.analysis.factorize.penalties.l2_h);
                              },
                              [](RunOptions& options, const OptionValue& value) {
                                auto& penalties = options.analysis.factorize.penalties;
                                penalties.l2_w = penalties.l2_h = std::get<double>(value);
                              }};

constexpr OptionRow kRows[] = {
    {.name = "components",
     .short_name = 'k',
     .python_name = "n_components",
     .field = "num_components",
     .value_name = "N",
     .help = "how many parts to look for",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.num_components; }),
     .limits = kComponentsRange},
    {.name = "parts",
     .python_name = "n_parts",
     .value_name = "K|auto",
     .help = "merge more components, 8 for each but at most 32 or 2 for each, into this many "
             "parts, and name them; auto suggests how many; {max-iter} is 150 then and "
             "{mask-exponent} 1.5",
     .access = kParts,
     .limits = kPartsRange,
     .words = kPartsWords,
     .default_words = "every component is one"},
    {.name = "method",
     .value_name = "NAME",
     .help = "how parts are made: plain learns as many components as parts and merges none; drums "
             "refines merged parts as sounds that are struck; auto is drums for percussive "
             "recordings, else merge",
     .access = member([](auto& o) -> auto& { return o.analysis.parts.method; })},
    {.name = "loss",
     .python_name = "beta_loss",
     .value_name = "NAME",
     .help = "what a difference costs",
     .access = kLoss},
    {.name = "beta",
     .value_name = "X",
     .help = "the same as a number: 2 frobenius, 1 kullback-leibler, 0 itakura-saito",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.beta; }),
     .limits = kBetaRange},
    {.name = "solver",
     .value_name = "NAME",
     .help = "auto is fast, or with {librosa} cd or mu: plain coordinate descent (frobenius only) "
             "or multiplicative updates",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.solver; })},
    {.name = "precision",
     .field = "product_precision",
     .value_name = "NAME",
     .help = "of the arithmetic; bf16 (frobenius only) goes most of the way on the processor's "
             "tiles (AMX) and ends in float32",
     .access = kPrecision},
    {.name = "init",
     .field = "start",
     .value_name = "NAME|FILE",
     .help = "where W and H start; a file gives its W and H",
     .access = kStart,
     .file_suffix = ".npz",
     .path = PathKind::file},
    {.name = "max-iter",
     .field = "max_iterations",
     .value_name = "N",
     .help = "iterations at most",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.max_iterations; }),
     .limits = kMaxIterationsRange},
    {.name = "tol",
     .field = "tolerance",
     .value_name = "X",
     .help = "stop when the relative gain falls below this; 0: never early",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.tolerance; }),
     .limits = kToleranceRange},
    {.name = "seed",
     .python_name = "random_state",
     .value_name = "N",
     .help = "of every random number",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.seed; }),
     .limits = kSeedRange},
    {.name = "l1",
     .value_name = "X",
     .help = "weight of the sum of W and H: larger is sparser",
     .access = kL1,
     .limits = kPenaltyRange},
    {.name = "l2",
     .value_name = "X",
     .help = "weight of half the sum of squares of W and H: larger is more even",
     .access = kL2,
     .limits = kPenaltyRange},
    {.name = "continuity",
     .value_name = "X",
     .help = "weight of temporal continuity: larger makes activations change more slowly",
     .access = member([](auto& o) -> auto& { return o.analysis.factorize.continuity; }),
     .limits = kPenaltyRange},
};

}  // namespace

OptionGroup factorization_options() { return {"Factorization", kRows}; }

}  // namespace partwise
