#include <gtest/gtest.h>

#include <partwise/error.hpp>
#include <partwise/option_names.hpp>
#include <string>

namespace partwise {
namespace {

TEST(OptionNames, FindAnOptionByItsFieldOrItsLongName) {
  EXPECT_EQ(flag_of("num_components"), "--components");
  EXPECT_EQ(flag_of("max_iterations"), "--max-iter");
  EXPECT_EQ(flag_of("hop_length"), "--hop-length");
  EXPECT_EQ(flag_of("hop-length"), "--hop-length");
  EXPECT_EQ(python_name_of("num_components"), "n_components");
  EXPECT_EQ(python_name_of("seed"), "random_state");
}

TEST(OptionNames, LeaveWhatIsNoOptionAsItIs) {
  EXPECT_EQ(find_option_by_field("rows of w"), nullptr);
  EXPECT_EQ(flag_of("rows of w"), "rows of w");
  EXPECT_EQ(python_name_of("FILE"), "FILE");
}

TEST(OptionNames, ReadEveryOptionByItsOwnName) {
  for (const OptionSpec& spec : option_table()) {
    EXPECT_EQ(flag_of(spec.name), "--" + std::string(spec.name));
  }
}

/// The options that a message names, as they are spelled here.
std::string only_options(const Message& message) {
  std::string out;
  (void)message.text([&](std::string_view name) {
    out += flag_of(name) + " ";
    return "";
  });
  return out;
}

TEST(OptionNames, HelpNamesOnlyOptionsThatThereAre) {
  std::string all;
  for (const OptionSpec& spec : option_table()) {
    const std::string text = help_of(spec).text(flag_of);
    EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    all += only_options(help_of(spec));
  }
  EXPECT_EQ(all, "--max-iter --mask-exponent --librosa ");
}

TEST(OptionNames, AnErrorReadsAsItsFrontEndSpellsTheOption) {
  const Error error = bad_argument("num_components", 0, "1..4096");
  EXPECT_EQ(error.text(flag_of), "--components = 0, expected 1..4096");
  EXPECT_EQ(error.text(python_name_of), "n_components = 0, expected 1..4096");
}

}  // namespace
}  // namespace partwise
