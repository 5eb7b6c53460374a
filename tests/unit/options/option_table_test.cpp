#include <gtest/gtest.h>

#include <options/option_parsing.hpp>
#include <partwise/error.hpp>
#include <partwise/option_names.hpp>
#include <partwise/run_options.hpp>
#include <set>
#include <string>
#include <vector>

namespace partwise {
namespace {

using namespace std::string_view_literals;

/// Of whichever command takes it.
const OptionSpec* any_option(std::string_view name) {
  const OptionSpec* found = nullptr;
  for (const CommandSpec& command : command_table()) {
    if (found == nullptr) found = find_option(name, command.command);
  }
  return found;
}

RunOptions options_from(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<GivenOption> given;
  for (const auto& [name, value] : texts) given.push_back({any_option(name), value});
  return make_run_options(given);
}

/// The message with which `given` are refused; "" if they are not.
std::string refusal_of(const std::vector<GivenOption>& given) {
  try {
    (void)make_run_options(given);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    return error.text(flag_of);
  }
  return "";
}

std::string refusal_of(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<GivenOption> given;
  for (const auto& [name, value] : texts) given.push_back({any_option(name), value});
  return refusal_of(given);
}

/// As text; "none" where it is not given.
std::string value_of(std::string_view name, const RunOptions& options) {
  const OptionValue value = any_option(name)->get(options);
  return std::holds_alternative<std::monostate>(value) ? "none" : option_text(value);
}

TEST(OptionTable, NamesOfACommandAreUniqueAndEveryEntryIsComplete) {
  for (const CommandSpec& command : command_table()) {
    std::set<std::string_view> names, python_names;
    std::set<char> letters;
    for (const OptionSpec* spec : options_of(command.command)) {
      EXPECT_TRUE(names.insert(spec->name).second) << spec->name;
      EXPECT_TRUE(python_names.insert(spec->python_name).second) << spec->python_name;
      if (spec->short_name != 0) {
        EXPECT_TRUE(letters.insert(spec->short_name).second) << spec->name;
      }
      EXPECT_EQ(find_option(spec->name, command.command), spec);
    }
    EXPECT_EQ(find_option("bogus", command.command), nullptr);
  }
  for (const OptionSpec& spec : option_table()) {
    EXPECT_EQ(spec.python_name.find('-'), std::string::npos) << spec.python_name;
    EXPECT_FALSE(spec.group.empty()) << spec.name;
    EXPECT_FALSE(spec.help.empty()) << spec.name;
    EXPECT_EQ(spec.value_name.empty(), spec.range.empty()) << spec.name;
  }
}

TEST(OptionTable, EveryOptionBelongsToACommand) {
  std::set<const OptionSpec*> taken;
  for (const CommandSpec& command : command_table()) {
    const auto options = options_of(command.command);
    taken.insert(options.begin(), options.end());
  }
  for (const OptionSpec& spec : option_table()) EXPECT_EQ(taken.count(&spec), 1U) << spec.name;
}

TEST(OptionTable, EveryWordThatCompletionOffersIsAccepted) {
  for (const OptionSpec& spec : option_table()) {
    EXPECT_TRUE(!spec.value_name.starts_with("NAME") || !spec.use.words.empty()) << spec.name;
    for (const std::string_view word : spec.use.words) {
      RunOptions options;
      EXPECT_NO_THROW(set_option(options, spec, std::string(word))) << spec.name << ' ' << word;
    }
  }
}

TEST(CommandTable, EveryEntryIsCompleteAndFoundByItsName) {
  for (const CommandSpec& spec : command_table()) {
    EXPECT_EQ(find_command(spec.name), &spec);
    EXPECT_EQ(&command_spec(spec.command), &spec);
    EXPECT_FALSE(spec.summary.empty() || spec.description.empty()) << spec.name;
    EXPECT_LE(spec.min_operands, spec.max_operands) << spec.name;
    EXPECT_FALSE(spec.examples.empty()) << spec.name;
    for (const CommandExample& example : spec.examples) {
      EXPECT_TRUE(example.line.starts_with("partwise " + std::string(spec.name))) << example.line;
    }
  }
  EXPECT_EQ(find_command("help"), nullptr);  // the program's own
}

TEST(OptionTable, EveryOptionWithAValueNamesItselfTheValueAndItsRangeWhenItRefuses) {
  for (const OptionSpec& spec : option_table()) {
    if (spec.value_name.empty() || spec.range == "any text") continue;
    const bool takes_any_text = spec.name == "output" || spec.name == "input" || spec.name == "mix";
    const std::string value = takes_any_text ? "" : "n\x1bonsense";
    const std::string shown = takes_any_text ? "(empty)" : "n\\x1bonsense";
    EXPECT_EQ(
        refusal_of(std::vector<GivenOption>{{&spec, value}}),
        "--" + std::string(spec.name) + " = " + shown + ", expected " + std::string(spec.range));
  }
}

TEST(OptionTable, NumbersAreReadStrictly) {
  for (const auto* value : {"1,5", "１２", "+3", " 3", "3 ", "3x", "0x10", "", "1e3", "3.0", "--3",
                            "99999999999999999999"}) {
    EXPECT_NE(refusal_of({{"components", value}}), "") << value;
  }
  for (const auto* value : {"1,5", "１", "+0.5", " 0.5", "0.5 ", "1e400", "1e-400", "nan", "inf",
                            "0x1p-3", "", "0.5f"}) {
    EXPECT_NE(refusal_of({{"mask-exponent", value}}), "") << value;
  }
}

struct Bounds {
  const char* name;
  std::vector<std::string> accepted;
  std::vector<std::string> refused;
};

TEST(OptionTable, EndsOfEveryRangeAreAcceptedAndTheirNeighboursRefused) {
  const Bounds cases[] = {
      {"components", {"1", "4096"}, {"0", "-1", "4097"}},
      {"parts", {"1", "256", "auto"}, {"0", "-1", "257", "Auto", ""}},
      {"method", {"auto"}, {"best", ""}},  // the others need --parts
      {"split", {"0", "0:2", "0,5:1024"}, {"", "0:1", "0:1025", "a", "0,0", "0,", ":2"}},
      {"max-iter", {"0", "1000000"}, {"-1", "1000001"}},
      {"seed", {"0", "4294967295"}, {"-1", "4294967296"}},
      {"n-fft", {"16", "1048576"}, {"15", "1048577"}},
      {"hop-length", {"1", "1048576"}, {"0", "1048577"}},
      {"power", {"1", "2"}, {"0", "3", "1.5"}},
      {"threads", {"1", "1024"}, {"0", "1025"}},
      {"beta", {"-4", "4", "0.5"}, {"-4.001", "4.001"}},
      {"tol", {"0", "0.999"}, {"-0.001", "1"}},
      {"l1", {"0", "1e12"}, {"-1", "2e12"}},
      {"l2", {"0", "1e12"}, {"-1", "2e12"}},
      {"continuity", {"0", "0.1", "1e12"}, {"-1", "nan", "2e12"}},
      {"mask-exponent", {"0.1", "10"}, {"0.09", "10.1"}},
      {"offset", {"0", "1e9"}, {"-0.1", "1.1e9"}},
      {"duration", {"0.001", "1e9"}, {"0", "-1", "1.1e9"}},
      {"max-duration", {"0.001", "1e9"}, {"0", "-1", "1.1e9"}},
      {"max-memory", {"16", "1000000000"}, {"15", "1000000001", "1.5"}},
      {"sample-rate", {"1000", "1000000", "native"}, {"999", "1000001", "11025.5", "Native"}},
      {"loss", {"frobenius", "kullback-leibler", "itakura-saito"}, {"Frobenius", "kl"}},
      {"solver", {"auto", "fast", "mu"}, {"best", "CD"}},
      {"precision", {"float32", "float64"}, {"float16", "bf16"}},  // bf16: not for this loss
      {"init", {"auto", "nndsvd", "nndsvda", "nndsvdar", "random", "a.npz"}, {"nndsvdb", ".npz"}},
      {"resynthesis", {"mask", "factors"}, {"masks"}},
      {"sort", {"peak", "energy", "onset", "none"}, {"size"}},
      {"format", {"wav", "wav24", "wav16", "flac", "flac16"}, {"mp3", "wav32"}},
      {"names", {"a", "a,b,c,d,e,f"}, {"", "a,,b"}},
      {"only", {"0", "kick,2"}, {"", "kick,"}},
      {"session", {"reaper", "dawproject", "none"}, {"Reaper", ""}},
      {"merge", {"0", "0+1", "0+3,1+2"}, {"", "0+", "+1", "a", "0+0", "0+1,1", "0-1", "0,"}},
      {"input", {"x"}, {""}},
      {"mix", {"x"}, {""}},
      {"match", {"auto", "names", "permutation", "oracle"}, {"best", ""}},
      {"window", {"0", "0.05", "10"}, {"-0.001", "10.1"}},
      {"report-audio", {"auto", "flac", "opus", "mp3", "wav", "none"}, {"aac", ""}},
      {"report-size", {"1", "2000", "2.5"}, {"0.9", "2001", "25MB"}},
      {"size", {"200x200", "20000x20000"}, {"199x200", "200x20001", "1200", "1200x", "1.5x300"}},
      {"axis", {"log", "linear"}, {"mel"}},
      {"min-hz", {"1", "500000"}, {"0", "500001"}},
      {"max-hz", {"1", "500000"}, {"0.5", "500001"}},
      {"depth", {"1", "300"}, {"0", "301"}},
      {"colours", {"magma", "coolwarm", "grey"}, {"jet"}},
      {"title", {"", "any text"}, {}},
      {"output", {"x"}, {""}},
  };
  std::set<std::string_view> covered;
  for (const Bounds& bounds : cases) {
    covered.insert(bounds.name);
    for (const auto& value : bounds.accepted) {
      EXPECT_EQ(refusal_of({{bounds.name, value}}), "") << bounds.name << ' ' << value;
    }
    for (const auto& value : bounds.refused) {
      EXPECT_NE(refusal_of({{bounds.name, value}}), "") << bounds.name << ' ' << value;
    }
  }
  for (const OptionSpec& spec : option_table()) {
    const bool has_limits = !std::holds_alternative<std::monostate>(spec.limits);  // tested by them
    EXPECT_TRUE(spec.value_name.empty() || has_limits || covered.count(spec.name) == 1)
        << spec.name;
  }
}

TEST(OptionTable, WhatWasSetIsWhatIsRead) {
  const std::pair<const char*, const char*> cases[] = {
      {"components", "12"},
      {"loss", "frobenius"},
      {"beta", "0.5"},
      {"solver", "mu"},
      {"init", "random"},
      {"max-iter", "7"},
      {"tol", "0.25"},
      {"seed", "4294967295"},
      {"l1", "0.5"},
      {"l2", "3"},
      {"continuity", "0.5"},
      {"n-fft", "441"},
      {"hop-length", "147"},
      {"power", "2"},
      {"sample-rate", "22050"},
      {"offset", "1.5"},
      {"duration", "2"},
      {"max-duration", "30.5"},
      {"max-memory", "2000"},
      {"resynthesis", "factors"},
      {"mask-exponent", "2"},
      {"sort", "onset"},
      {"format", "flac"},
      {"names", "a,b c"},
      {"merge", "0+3,1"},
      {"report-audio", "opus"},
      {"report-size", "12.5"},
      {"threads", "3"},
  };
  for (const auto& [name, text] : cases) {
    EXPECT_EQ(value_of(name, options_from({{name, text}})), text) << name;
  }
  for (const OptionSpec& spec : option_table()) {
    if (!spec.value_name.empty()) continue;
    EXPECT_EQ(spec.get(RunOptions{}), OptionValue(false)) << spec.name;
    EXPECT_EQ(spec.get(options_from({{std::string(spec.name), ""}})), OptionValue(true))
        << spec.name;
  }
}

TEST(OptionTable, SummaryNamesNoFolderOfTheMachine) {
  const auto options =
      options_from({{"output", "/home/me/out \"1\"/"}, {"init", "/home/me/w.npz"}});
  EXPECT_EQ(value_of("output", options), "out \"1\"");
  EXPECT_EQ(value_of("init", options), "w.npz");
  EXPECT_EQ(options.start_file, "/home/me/w.npz");
}

TEST(OptionTable, WhatWasNotSaidIsShownAsSuch) {
  const RunOptions options;
  EXPECT_EQ(value_of("sample-rate", options), "none");
  EXPECT_EQ(value_of("duration", options), "none");
  EXPECT_EQ(value_of("n-fft", options), "none");
  EXPECT_EQ(value_of("loss", options_from({{"beta", "0.5"}})), "none");
  EXPECT_EQ(value_of("loss", options_from({{"beta", "2"}})), "frobenius");
}

TEST(OptionTable, PenaltiesActOnBothFactors) {
  const auto penalties = options_from({{"l1", "0.5"}, {"l2", "0.25"}}).analysis.factorize.penalties;
  EXPECT_EQ(penalties.l1_w, 0.5);
  EXPECT_EQ(penalties.l1_h, 0.5);
  EXPECT_EQ(penalties.l2_w, 0.25);
  EXPECT_EQ(penalties.l2_h, 0.25);
}

TEST(MakeRunOptions, OptionsBesideThePresetWinWhereverTheyStand) {
  for (const bool preset_last : {false, true}) {
    std::vector<std::pair<std::string, std::string>> texts{{"tol", "1e-5"},
                                                           {"sample-rate", "8000"}};
    texts.insert(preset_last ? texts.end() : texts.begin(), {"librosa", ""});
    const auto options = options_from(texts);
    EXPECT_EQ(options.analysis.factorize.tolerance, 1e-5);
    EXPECT_EQ(options.sample_rate_hz, 8000);
    EXPECT_EQ(options.analysis.stft.n_fft, 2048);
    EXPECT_TRUE(options.mono);
    EXPECT_TRUE(options.librosa);
  }
}

TEST(MakeRunOptions, PresetIsTheNotebook) {
  const auto options = options_from({{"librosa", ""}});
  EXPECT_EQ(options.sample_rate_hz, 22050);
  EXPECT_EQ(options.analysis.stft.hop_length, 512);
  EXPECT_EQ(options.analysis.factorize.beta, 2);
  EXPECT_EQ(options.analysis.factorize.max_iterations, 200);
  EXPECT_EQ(options.analysis.separate.resynthesis, Resynthesis::factors);
  EXPECT_FALSE(options.analysis.factorize.normalize);
  EXPECT_EQ(options.analysis.precision, Precision::double_precision);
}

TEST(MakeRunOptions, PrecisionIsOfTheArithmeticAndOfTheProducts) {
  const auto words_of = [](const std::vector<std::pair<std::string, std::string>>& texts) {
    return value_of("precision", options_from(texts));
  };
  EXPECT_EQ(words_of({}), "float32");
  EXPECT_EQ(words_of({{"librosa", ""}}), "float64");
  EXPECT_EQ(words_of({{"librosa", ""}, {"precision", "float32"}}), "float32");
  EXPECT_EQ(words_of({{"precision", "bf16"}, {"loss", "frobenius"}}), "bf16");
  const auto options = options_from({{"librosa", ""}, {"precision", "bf16"}});
  EXPECT_EQ(options.analysis.precision, Precision::single_precision);
  EXPECT_EQ(options.analysis.factorize.product_precision, ProductPrecision::bf16);
  EXPECT_EQ(options_from({{"precision", "float64"}}).analysis.precision,
            Precision::double_precision);
}

TEST(MakeRunOptions, WhatDoesNotFitTogetherIsRefused) {
  EXPECT_EQ(refusal_of({{"precision", "bf16"}}),
            "--precision = bf16, expected float32 or float64 (for --beta 1; bf16 is for --loss "
            "frobenius alone)");
  EXPECT_NE(refusal_of({{"solver", "cd"}}), "");  // the default loss is not frobenius
  EXPECT_EQ(refusal_of({{"solver", "cd"}, {"loss", "frobenius"}}), "");
  EXPECT_EQ(refusal_of({{"n-fft", "16"}, {"hop-length", "17"}}),
            "--hop-length = 17, expected 1..16 (--n-fft)");
  EXPECT_EQ(refusal_of({{"n-fft", "16"}, {"hop-length", "16"}}), "");
  EXPECT_NE(refusal_of({{"loss", "frobenius"}, {"beta", "2"}}), "");
  RunOptions no_file;
  no_file.analysis.factorize.start = Start::given;
  EXPECT_THROW(validate(no_file), Error);
}

TEST(DefaultOutputFolder, IsTheNameWithPartsForItsExtension) {
  EXPECT_EQ(default_output_folder("conga_groove.wav"), "conga_groove.parts");
  EXPECT_EQ(default_output_folder("/a/b.c/loop.tar.flac"), "loop.tar.parts");
  EXPECT_EQ(default_output_folder("a.b/loop"), "loop.parts");
  EXPECT_EQ(default_output_folder(".hidden"), ".hidden.parts");
  EXPECT_EQ(default_output_folder("../x/"), "x.parts");
}

}  // namespace
}  // namespace partwise
