#include <gtest/gtest.h>

#include <base/json_writer.hpp>
#include <bit>
#include <clocale>
#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <support/memory_stream.hpp>
#include <vector>

namespace partwise {
namespace {

/// Every kind of value, nested, in some layout.
void write_all_kinds(JsonWriter& json) {
  json.begin_object();
  json.field("text", "a\"b\\\n\x01 é");
  json.field("whole", 6.0);
  json.field("small", 1e-4);
  json.field("smaller", 1e-5);
  json.field("nan", std::nan(""));
  json.field("count", 7);
  json.field("is", true);
  json.null_field("nothing");
  json.key("empty");
  json.begin_object();
  json.end_object();
  json.field("none", std::vector<double>());
  json.field("groups", std::vector<std::vector<int>>{{0, 2}, {1}});
  json.key("list");
  json.begin_array();
  json.begin_object();
  json.field("x", 0.5);
  json.end_object();
  json.null();
  json.end_array();
  json.end_object();
}

nlohmann::ordered_json all_kinds() {
  return {{"text", "a\"b\\\n\x01 é"},
          {"whole", 6.0},
          {"small", 1e-4},
          {"smaller", 1e-5},
          {"nan", nullptr},
          {"count", 7},
          {"is", true},
          {"nothing", nullptr},
          {"empty", nlohmann::ordered_json::object()},
          {"none", nlohmann::ordered_json::array()},
          {"groups", {{0, 2}, {1}}},
          {"list", {{{"x", 0.5}}, nullptr}}};
}

std::string all_kinds_as(JsonStyle style) {
  JsonWriter json(style);
  write_all_kinds(json);
  return json.take();
}

TEST(JsonWriter, LaysOutDocumentsAsNlohmannDoes) {
  for (const int indent : {1, 2, 4}) {
    EXPECT_EQ(all_kinds_as(json_document(indent)), all_kinds().dump(indent));
  }
}

TEST(JsonWriter, WritesTheSameValuesInEveryLayout) {
  for (const JsonStyle& style : {json_document(2), kJsonLine, kJsonInPage}) {
    EXPECT_EQ(nlohmann::ordered_json::parse(all_kinds_as(style)), all_kinds());
  }
}

TEST(JsonWriter, PutsALineOnOneLine) {
  JsonWriter json(kJsonLine);
  json.begin_object();
  json.field("a", 1.0);
  json.field("b", std::vector<std::string>{"x", "<"});
  json.end_object();
  EXPECT_EQ(json.take(), "{\"a\": 1, \"b\": [\"x\", \"\\u003c\"]}");
}

TEST(JsonWriter, BreaksALineOfThePageWhereItIsTold) {
  JsonWriter json(kJsonInPage);
  json.begin_object();
  json.digits_field("a", 1.23456, 3);
  json.line_break();
  json.key("b");
  json.begin_array();
  json.line_break();
  json.value(1);
  json.value(2);
  json.end_array();
  json.end_object();
  EXPECT_EQ(json.take(), "{\"a\":1.23,\n\"b\":[\n1,2]}");
}

TEST(JsonWriter, HandsALargeTextOverInBlocks) {
  test::MemorySink sink;
  JsonWriter json(kJsonInPage, sink);
  json.begin_array();
  const std::string megabyte(1'000'000, 'A');
  json.string_made_by([&](std::string& out) { out += megabyte; });
  EXPECT_GE(sink.bytes().size(), megabyte.size());
  json.value("end");
  json.end_array();
  json.finish();
  const auto& bytes = sink.bytes();
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  EXPECT_EQ(text, "[\"" + megabyte + "\",\"end\"]");
}

TEST(JsonWriter, JsonThatIsReadyTakesTheEscapesOfThePage) {
  JsonWriter json(kJsonInPage);
  json.json("{\"a<b\": \"</script>\"}");
  EXPECT_EQ(json.take(), "{\"a\\u003cb\": \"\\u003c/script>\"}");
}

TEST(JsonText, NumbersReadBackToTheBitAndNoneIsLongerThanNlohmanns) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    std::string text;
    append_json_number(text, value, true);
    EXPECT_EQ(nlohmann::json::parse(text).get<double>(), value) << text;
    EXPECT_LE(text.size(), nlohmann::json(value).dump().size()) << text;
  }
}

TEST(JsonText, NumbersHaveNoExponentBetweenATenThousandthAndAThousandBillions) {
  for (const double value : {0.0, -0.0, 1e-4, 1.5e-4, 1e-5, 123456.0, 1e14, 999999999999999.0, 1e15,
                             1e22, 5e-324, -0.1, 44100.0}) {
    std::string text;
    append_json_number(text, value, true);
    EXPECT_EQ(text, nlohmann::json(value).dump());
  }
  EXPECT_EQ(json_number(100000), "100000");
  EXPECT_EQ(json_number(1e-4), "0.0001");
}

std::string digits(double value, int count = 4) {
  std::string out;
  append_json_digits(out, value, count);
  return out;
}

TEST(JsonText, NumbersThatJsonDoesNotHaveAreNull) {
  for (const double value : {std::nan(""), std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(digits(value), "null");
    EXPECT_EQ(json_number(value), "null");
  }
}

TEST(JsonText, NumbersKeepTheirDigitsInEveryLocale) {
  const char* before = std::setlocale(LC_ALL, nullptr);
  const std::string kept = before;
  for (const char* locale : {"C", "de_DE.UTF-8"}) {
    std::setlocale(LC_ALL, locale);  // where it is not installed the first one is tested twice
    EXPECT_EQ(digits(0), "0");
    EXPECT_EQ(digits(1234.5678), "1235");
    EXPECT_EQ(digits(0.00012345678), "0.0001235");
    EXPECT_EQ(digits(-1.5e-30), "-1.5e-30");
    EXPECT_EQ(digits(0.1, 10), "0.1");
    EXPECT_EQ(json_number(0.5), "0.5");
  }
  std::setlocale(LC_ALL, kept.c_str());
}

TEST(JsonText, EverySizeOfNumberIsJson) {
  for (int e = -320; e <= 308; ++e) {
    const double value = 1.2345 * std::pow(10.0, e);
    const auto text = digits(value, 10);
    const double read = nlohmann::json::parse(text).get<double>();
    EXPECT_NEAR(read / value, 1, e < -307 ? 0.1 : 1e-9) << text;  // subnormal numbers have few bits
  }
}

std::string string_as(JsonEscapes escapes, std::string_view text) {
  std::string out;
  append_json_string(out, text, escapes);
  return out;
}
std::string safe_string(std::string_view text) { return string_as(JsonEscapes::safe, text); }

TEST(JsonText, StringsComeBackToTheByte) {
  std::string every_control;
  for (int c = 1; c < 128; ++c) every_control += static_cast<char>(c);
  every_control += '\0';
  for (const std::string& text :
       {std::string(), std::string("a\"b\\c/d"), every_control, std::string("</script><!--"),
        std::string("caf\xC3\xA9 \xE2\x80\xA8\xE2\x80\xA9 \xE2\x80\xAE \xF0\x9F\xA5\x81 "
                    "\xEF\xBB\xBF \xC2\x85")}) {
    EXPECT_EQ(nlohmann::json::parse(safe_string(text)).get<std::string>(), text);
    EXPECT_EQ(string_as(JsonEscapes::plain, text), nlohmann::json(text).dump());
  }
}

TEST(JsonText, NothingThatAPageReadsAsMarkupOrHidesIsLeft) {
  const auto text = safe_string(
      "</script> <!-- \x01\x1F\x7F \xC2\x9F \xE2\x80\xA8 \xE2\x80\xAE \xE2\x81\xA6 \xEF\xBB\xBF");
  for (unsigned char c : text) {
    EXPECT_NE(c, '<');
    EXPECT_TRUE(c >= 0x20 && c < 0x7F) << static_cast<int>(c);
  }
  EXPECT_EQ(safe_string("<"), "\"\\u003c\"");
  EXPECT_EQ(safe_string("\xE2\x80\xA8"), "\"\\u2028\"");
}

TEST(JsonText, BytesThatAreNotUtf8AreShownOrReplaced) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"\xE9", "\\xe9"},                             // Latin-1
      {"a\xC3", "a\\xc3"},                           // cut short
      {"\xC0\xAF", "\\xc0\\xaf"},                    // overlong
      {"\xE0\x80\xBC", "\\xe0\\x80\\xbc"},           // overlong `<`
      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},           // a surrogate
      {"\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // above U+10FFFF
      {"\xE2\x82"
       "A",
       "\\xe2\\x82"
       "A"},  // cut short by a letter
      {"\xF8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80"},
      {"\x80", "\\x80"}};
  for (const auto& [bytes, shown] : cases) {
    EXPECT_EQ(nlohmann::json::parse(safe_string(bytes)).get<std::string>(), shown);
    constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
    EXPECT_EQ(string_as(JsonEscapes::plain, bytes),
              nlohmann::json(bytes).dump(-1, ' ', false, kReplace));
  }
}

TEST(JsonText, JsonStaysTheSameValueAndGetsSafe) {
  nlohmann::json value = {{"a<b", "</script>\xE2\x80\xA9\"\\\n"}, {"n", {1, 2.5, nullptr, true}}};
  for (int indent : {-1, 2}) {
    std::string out;
    append_safe_json(out, value.dump(indent));
    EXPECT_EQ(nlohmann::json::parse(out), value);
    EXPECT_EQ(out.find('<'), std::string::npos);
    EXPECT_EQ(out.find("\xE2\x80\xA9"), std::string::npos);
  }
}

}  // namespace
}  // namespace partwise
