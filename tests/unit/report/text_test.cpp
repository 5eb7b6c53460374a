#include <gtest/gtest.h>

#include <base/json_text.hpp>
#include <clocale>
#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <report/base64.hpp>
#include <string>
#include <vector>

namespace partwise::report {
namespace {

std::string base64(const std::string& bytes) {
  std::string out;
  append_base64(out, std::as_bytes(std::span(bytes.data(), bytes.size())));
  return out;
}

/// A decoder of its own making, bit by bit.
std::string decode_base64(const std::string& text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<unsigned>(alphabet.find(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 255U);
    }
  }
  return bytes;
}

TEST(Base64, GivesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, EveryLengthAndByteComesBackAndTheLengthIsForetold) {
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(decode_base64(base64(bytes)), bytes);
    EXPECT_EQ(base64(bytes).size(), base64_length(bytes.size()));
    bytes += static_cast<char>(i * 7 % 256);
  }
}

std::string number(double value, int digits = 4) {
  std::string out;
  append_number(out, value, digits);
  return out;
}

TEST(JsonText, NumbersThatJsonDoesNotHaveAreNull) {
  EXPECT_EQ(number(std::nan("")), "null");
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonText, NumbersKeepTheirDigitsInEveryLocale) {
  const char* before = std::setlocale(LC_ALL, nullptr);
  const std::string kept = before;
  for (const char* locale : {"C", "de_DE.UTF-8"}) {
    std::setlocale(LC_ALL, locale);  // where it is not installed the first one is tested twice
    EXPECT_EQ(number(0), "0");
    EXPECT_EQ(number(1234.5678), "1235");
    EXPECT_EQ(number(0.00012345678), "0.0001235");
    EXPECT_EQ(number(-1.5e-30), "-1.5e-30");
    EXPECT_EQ(number(0.1, 10), "0.1");
  }
  std::setlocale(LC_ALL, kept.c_str());
}

TEST(JsonText, EverySizeOfNumberIsJson) {
  for (int e = -320; e <= 308; ++e) {
    const double value = 1.2345 * std::pow(10.0, e);
    const auto text = number(value, 10);
    const double read = nlohmann::json::parse(text).get<double>();
    EXPECT_NEAR(read / value, 1, e < -307 ? 0.1 : 1e-9) << text;  // subnormal numbers have few bits
  }
}

std::string as_json_string(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

TEST(JsonText, StringsComeBackToTheByte) {
  std::string every_control;
  for (int c = 1; c < 128; ++c) every_control += static_cast<char>(c);
  every_control += '\0';
  for (const std::string& text :
       {std::string(), std::string("a\"b\\c/d"), every_control, std::string("</script><!--"),
        std::string("caf\xC3\xA9 \xE2\x80\xA8\xE2\x80\xA9 \xE2\x80\xAE \xF0\x9F\xA5\x81 "
                    "\xEF\xBB\xBF \xC2\x85")}) {
    EXPECT_EQ(nlohmann::json::parse(as_json_string(text)).get<std::string>(), text);
  }
}

TEST(JsonText, NothingThatAPageReadsAsMarkupOrHidesIsLeft) {
  const auto text = as_json_string(
      "</script> <!-- \x01\x1F\x7F \xC2\x9F \xE2\x80\xA8 \xE2\x80\xAE \xE2\x81\xA6 \xEF\xBB\xBF");
  for (unsigned char c : text) {
    EXPECT_NE(c, '<');
    EXPECT_TRUE(c >= 0x20 && c < 0x7F) << static_cast<int>(c);
  }
  EXPECT_EQ(as_json_string("<"), "\"\\u003c\"");
  EXPECT_EQ(as_json_string("\xE2\x80\xA8"), "\"\\u2028\"");
}

TEST(JsonText, BytesThatAreNotUtf8AreShown) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"\xE9", "\\xe9"},                             // Latin-1
      {"a\xC3", "a\\xc3"},                           // cut short
      {"\xC0\xAF", "\\xc0\\xaf"},                    // overlong
      {"\xE0\x80\xBC", "\\xe0\\x80\\xbc"},           // overlong `<`
      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},           // a surrogate
      {"\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // above U+10FFFF
      {"\xF8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80"},
      {"\x80", "\\x80"}};
  for (const auto& [bytes, shown] : cases) {
    EXPECT_EQ(nlohmann::json::parse(as_json_string(bytes)).get<std::string>(), shown);
  }
}

TEST(JsonText, JsonStaysTheSameValueAndGetsSafe) {
  nlohmann::json value = {{"a<b", "</script>\xE2\x80\xA9\"\\\n"}, {"n", {1, 2.5, nullptr, true}}};
  for (int indent : {-1, 2}) {
    std::string out;
    append_json(out, value.dump(indent));
    EXPECT_EQ(nlohmann::json::parse(out), value);
    EXPECT_EQ(out.find('<'), std::string::npos);
    EXPECT_EQ(out.find("\xE2\x80\xA9"), std::string::npos);
  }
}

}  // namespace
}  // namespace partwise::report
