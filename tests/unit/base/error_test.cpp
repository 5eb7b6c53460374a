#include <gtest/gtest.h>

#include <partwise/error.hpp>
#include <type_traits>

namespace partwise {
namespace {

/// As the program would spell it.
std::string flag(std::string_view name) { return "--" + std::string(name); }

struct Range {
  [[nodiscard]] static std::string text() { return "1..4096"; }
};

TEST(Error, HasTheArgumentItsValueAndWhatIsAllowedAsFields) {
  const Error error = bad_argument("num_components", 0, Range());
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_TRUE(error.is_about_argument());
  EXPECT_EQ(error.argument(), "num_components");
  EXPECT_EQ(error.value(), "0");
  EXPECT_EQ(error.expected().text(), "1..4096");
  EXPECT_STREQ(error.what(), "num_components = 0, expected 1..4096");
}

TEST(Error, SpellsEveryOptionAsItsFrontEndDoes) {
  const Error error = bad_argument("hop_length", 257, "1..256 (" + OptionName("n_fft") + ")",
                                   "or a larger " + OptionName("n_fft"));
  EXPECT_STREQ(error.what(), "hop_length = 257, expected 1..256 (n_fft); or a larger n_fft");
  EXPECT_EQ(error.text(flag), "--hop_length = 257, expected 1..256 (--n_fft); or a larger --n_fft");
}

TEST(Error, WithoutAnArgumentIsItsMessage) {
  const Error error(ErrorCode::cannot_write, "cannot write a: it exists",
                    OptionName("force") + " replaces it");
  EXPECT_FALSE(error.is_about_argument());
  EXPECT_EQ(error.argument(), "");
  EXPECT_EQ(error.message().text(), "cannot write a: it exists");
  EXPECT_STREQ(error.what(), "cannot write a: it exists; force replaces it");
}

TEST(Error, KeepsTheValueAsGivenAndShowsItOnOneLine) {
  const Error error = bad_argument("names", "a\nb", "one line");
  EXPECT_EQ(error.value(), "a\nb");
  EXPECT_STREQ(error.what(), "names = a\\x0ab, expected one line");
  EXPECT_STREQ(bad_argument("output", "", "a folder's name").what(),
               "output = (empty), expected a folder's name");
}

TEST(Error, ShowsANumberSoThatItReadsBack) {
  EXPECT_EQ(bad_argument("beta", -4.0000001, "-4..4").value(), "-4.0000001");
  EXPECT_EQ(bad_argument("rate", 1e6, "less").value(), "1000000");
}

TEST(Error, TakesAHintAfterItsOwn) {
  const Error error = bad_argument("power", 3, "1 or 2", "first").with_hint("second");
  EXPECT_STREQ(error.what(), "power = 3, expected 1 or 2; first; second");
}

TEST(Error, IsCopiedWithoutThrowing) {
  static_assert(std::is_nothrow_copy_constructible_v<Error>);
  static_assert(std::is_nothrow_copy_assignable_v<Error>);
}

}  // namespace
}  // namespace partwise
