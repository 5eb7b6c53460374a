// The command of a run as it would be typed.
#include <gtest/gtest.h>

#include <options/command_text.hpp>

namespace partwise {
namespace {

TEST(CommandText, NamesWhatIsNotAtItsDefaultAndQuotesForAShell) {
  RunOptions options;
  EXPECT_EQ(command_text(options, "loop.wav"), "partwise decompose loop.wav");
  options.analysis.factorize.num_components = 8;
  options.analysis.factorize.beta = 2;
  options.mono = true;
  options.threads = 3;
  options.force = true;
  EXPECT_EQ(command_text(options, "it's a \"loop\".wav"),
            "partwise decompose 'it'\\''s a \"loop\".wav' --components 8 --loss frobenius --mono");
  EXPECT_EQ(command_text({}, "-k"), "partwise decompose ./-k");
  EXPECT_EQ(command_text(librosa_preset({}), "a.wav"), "partwise decompose a.wav --librosa");
}

}  // namespace
}  // namespace partwise
