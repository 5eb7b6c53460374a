// Defaults, ranges and types of the option table against the option structs and validate().
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <partwise/error.hpp>
#include <partwise/option_names.hpp>
#include <partwise/run_options.hpp>

namespace partwise {
namespace {

/// The options that a run without any would have.
RunOptions defaults_in_force() {
  RunOptions options;
  options.analysis = resolve(options.analysis);
  return options;
}

bool accepts(const OptionSpec& spec, const OptionValue& value) {
  try {
    const GivenOption given[] = {{&spec, value}};
    (void)make_run_options(given);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    return false;
  }
}

TEST(OptionValues, SettingAnOptionToItsPrintedDefaultChangesNothing) {
  const RunOptions defaults = defaults_in_force();
  int compared = 0;
  for (const OptionSpec& spec : option_table()) {
    if (std::holds_alternative<std::monostate>(spec.default_value)) continue;
    RunOptions options = defaults;
    if (!spec.value_name.empty()) {
      set_option(options, spec, spec.default_text);
      ++compared;
    }
    EXPECT_EQ(spec.get(options), spec.get(defaults)) << spec.name;
    EXPECT_EQ(spec.get(options), spec.default_value) << spec.name;
  }
  EXPECT_GT(compared, 20);
}

TEST(OptionValues, PrintedDefaultsAreThoseOfTheStructs) {
  const RunOptions run;
  const FactorizeOptions factorize = with_defaults({});
  const std::map<std::string_view, std::string> expected = {
      {"components", std::to_string(*factorize.num_components)},
      {"max-iter", std::to_string(*factorize.max_iterations)},
      {"beta", option_text(factorize.beta)},
      {"seed", std::to_string(factorize.seed)},
      {"power", std::to_string(run.analysis.power)},
      {"mask-exponent", option_text(kDefaultMaskExponent)},
      {"max-duration", option_text(DecodeRules().max_duration_s)},
      {"offset", option_text(DecodeRange().offset_s)},
      {"report-size", option_text(run.report_size_mb)},
      {"window", option_text(EvaluateOptions().window_s)},
      {"depth", option_text(SpectrogramPlot().depth_db)},
      {"size",
       std::to_string(SpectrogramPlot().width) + "x" + std::to_string(SpectrogramPlot().height)},
      {"solver", std::string(enum_word(factorize.solver))},
      {"init", std::string(enum_word(factorize.start))},
      {"method", std::string(enum_word(PartsOptions().method))},
      {"sort", std::string(enum_word(run.analysis.sort))},
      {"resynthesis", std::string(enum_word(SeparateOptions().resynthesis))},
      {"format", std::string(enum_word(run.format))},
      {"report-audio", std::string(enum_word(run.report_audio))},
      {"match", std::string(enum_word(EvaluateOptions().matching))},
      {"colours", std::string(enum_word(SpectrogramPlot().colours))},
  };
  for (const OptionSpec& spec : option_table()) {
    if (const auto found = expected.find(spec.name); found != expected.end()) {
      EXPECT_EQ(spec.default_text, found->second) << spec.name;
    }
  }
  EXPECT_EQ(std::stod(find_option("tol")->default_text), factorize.tolerance);
}

TEST(OptionValues, PartsAreDescribedWithTheValuesThatTheCoreTakes) {
  const std::string help = help_of(*find_option("parts")).text(flag_of);
  EXPECT_NE(help.find("max-iter is " + std::to_string(kMaxIterationsOfParts)), std::string::npos)
      << help;
  EXPECT_NE(help.find("mask-exponent " + option_text(kMaskExponentOfParts)), std::string::npos)
      << help;
}

TEST(OptionValues, EndsOfEveryRangeAreAcceptedAndTheirNeighboursRefused) {
  for (const OptionSpec& spec : option_table()) {
    if (const auto* range = std::get_if<Range<Index>>(&spec.limits)) {
      EXPECT_TRUE(accepts(spec, range->min) && accepts(spec, range->max)) << spec.name;
      EXPECT_FALSE(accepts(spec, range->min - 1) || accepts(spec, range->max + 1)) << spec.name;
    } else if (const auto* reals = std::get_if<Range<double>>(&spec.limits)) {
      const double below = std::nextafter(reals->min, -INFINITY);
      const double above = std::nextafter(reals->max, INFINITY);
      EXPECT_EQ(accepts(spec, reals->min), !reals->min_is_open) << spec.name;
      EXPECT_EQ(accepts(spec, reals->max), !reals->max_is_open) << spec.name;
      EXPECT_FALSE(accepts(spec, below) || accepts(spec, above)) << spec.name;
      EXPECT_FALSE(accepts(spec, std::nan(""))) << spec.name;
    } else {
      EXPECT_NE(spec.kind, OptionKind::integer) << spec.name;
      EXPECT_NE(spec.kind, OptionKind::number) << spec.name;
    }
  }
}

TEST(OptionValues, AValueOfAnotherTypeIsConvertedWhereThatIsExactAndRefusedElsewhere) {
  const OptionSpec& components = *find_option("components");
  EXPECT_EQ(checked_value(components, 3.0), OptionValue(Index{3}));
  EXPECT_EQ(checked_value(components, std::string("3")), OptionValue(Index{3}));
  for (const OptionValue& wrong : {OptionValue(2.5), OptionValue(true), OptionValue(1e300),
                                   OptionValue(std::vector<std::string>{"3"})}) {
    EXPECT_FALSE(accepts(components, wrong)) << option_text(wrong);
  }
  EXPECT_EQ(checked_value(*find_option("tol"), Index{0}), OptionValue(0.0));
  EXPECT_FALSE(accepts(*find_option("mono"), Index{1}));
  EXPECT_FALSE(accepts(*find_option("loss"), Index{2}));
  EXPECT_EQ(checked_value(*find_option("parts"), std::string("auto")),
            OptionValue(std::string("auto")));
}

TEST(OptionValues, NamesAreAListAndACommaInOneIsRefused) {
  const OptionSpec& names = *find_option("names");
  using Names = std::vector<std::string>;
  EXPECT_EQ(checked_value(names, std::string("kick, snare")), OptionValue(Names{"kick", "snare"}));
  EXPECT_EQ(checked_value(names, Names{"a b", "<c>"}), OptionValue(Names{"a b", "<c>"}));
  EXPECT_FALSE(accepts(names, Names{"a,b"}));
  EXPECT_FALSE(accepts(names, Names{}));
}

TEST(OptionValues, TheWordForNothingTakesAValueBack) {
  RunOptions options = librosa_preset({});
  EXPECT_EQ(options.sample_rate_hz, 22050);
  set_option(options, *find_option("sample-rate"), std::string("native"));
  EXPECT_EQ(options.sample_rate_hz, std::nullopt);
}

TEST(OptionValues, WhatConcernsOneCallIsNotTakenOverFromAStoredRun) {
  const auto reach = [](const char* name) { return find_option(name)->use.reach; };
  EXPECT_EQ(reach("estimate"), OptionReach::call);
  EXPECT_EQ(reach("threads"), OptionReach::record);
  EXPECT_EQ(reach("no-report"), OptionReach::outputs);
  EXPECT_EQ(reach("components"), OptionReach::parts);
}

}  // namespace
}  // namespace partwise
