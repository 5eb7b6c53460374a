#include <gtest/gtest.h>

#include <partwise/display_text.hpp>

namespace partwise {
namespace {

using namespace std::string_view_literals;

TEST(DisplayText, LeavesReadableTextAsItIs) {
  for (const auto text : {""sv, "loop 1.wav"sv, "Ünïcödé ♫ 漢字 🎵"sv, "a\\x41b"sv}) {
    EXPECT_EQ(display_text(text), text);
  }
}

TEST(DisplayText, EscapesEveryControlCharacter) {
  EXPECT_EQ(display_text("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(display_text("one\ntwo\r\t"), "one\\x0atwo\\x0d\\x09");
  EXPECT_EQ(display_text("nul\0del\x7f"sv), "nul\\x00del\\x7f");
  EXPECT_EQ(display_text("\xc2\x9b"
                         "31m"),
            "\\xc2\\x9b31m");                       // U+009B: one-character CSI
  EXPECT_EQ(display_text("\xc2\xa0"), "\xc2\xa0");  // U+00A0 is none
}

TEST(DisplayText, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(display_text("\xff"), "\\xff");
  EXPECT_EQ(display_text("a\x80z"), "a\\x80z");  // stray continuation
  EXPECT_EQ(display_text("\xc3"), "\\xc3");      // cut short
  EXPECT_EQ(display_text("\xe6\xbc"
                         "x"),
            "\\xe6\\xbcx");
  EXPECT_EQ(display_text("\xf0\x9f\x8e"), "\\xf0\\x9f\\x8e");
  EXPECT_EQ(display_text("\xc0\xaf"), "\\xc0\\xaf");  // overlong '/'
  EXPECT_EQ(display_text("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
  EXPECT_EQ(display_text("\xf0\x80\x80\xaf"), "\\xf0\\x80\\x80\\xaf");
  EXPECT_EQ(display_text("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // surrogate
  EXPECT_EQ(display_text("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
}

}  // namespace
}  // namespace partwise
