// What --parts implies is decided by the core: every caller gets the same parts.
#include <gtest/gtest.h>

#include <cmath>
#include <partwise/decompose.hpp>
#include <partwise/run.hpp>
#include <support/compare.hpp>

namespace partwise {
namespace {

Signal two_voices() {
  Signal signal{Matrix<float>(12000, 1), 8000};
  for (Index i = 0; i < 12000; ++i) {
    const double t = static_cast<double>(i) / 8000;
    const bool low = (i / 3000) % 2 == 0;
    signal.samples(i, 0) =
        static_cast<float>(0.4 * std::sin(2 * 3.141592653589793 * (low ? 200 : 1500) * t));
  }
  return signal;
}

RunOptions typed(std::initializer_list<std::pair<const char*, const char*>> texts) {
  std::vector<GivenOption> given;
  for (const auto& [name, text] : texts) given.push_back({find_option(name), std::string(text)});
  return make_run_options(given);
}

TEST(PartsPolicy, ACallerOfAnalyseGetsThePartsOfTheCommandLineToTheBit) {
  const Signal signal = two_voices();
  Reducer reducer(2);
  const RunControl control;
  AnalysisOptions asked;
  asked.parts.num_parts = 2;
  const Analysis direct = analyse(signal, asked, nullptr, reducer, control);
  partwise::Run run =
      partwise::Run::from_signal(signal, typed({{"parts", "2"}}), std::nullopt, wav_services());
  const Analysis& by_option = run.analyse(reducer, control);
  EXPECT_TRUE(test::same_bits(direct.w, by_option.w));
  EXPECT_TRUE(test::same_bits(direct.h, by_option.h));
  EXPECT_EQ(direct.parts.groups, by_option.parts.groups);
  EXPECT_EQ(direct.parts.names, by_option.parts.names);
  EXPECT_EQ(direct.options.separate.mask_exponent, kMaskExponentOfParts);
  EXPECT_EQ(direct.options.factorize.max_iterations, kMaxIterationsOfParts);
}

TEST(PartsPolicy, GivenValuesWinWhereverTheyStand) {
  const RunOptions options =
      typed({{"max-iter", "9"}, {"mask-exponent", "1"}, {"parts", "2"}, {"components", "5"}});
  const AnalysisOptions in_force = resolve(options.analysis);
  EXPECT_EQ(in_force.factorize.max_iterations, 9);
  EXPECT_EQ(in_force.separate.mask_exponent, 1);
  EXPECT_EQ(in_force.factorize.num_components, 5);
}

}  // namespace
}  // namespace partwise
