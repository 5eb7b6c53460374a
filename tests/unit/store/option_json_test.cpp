#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <partwise/run_options.hpp>
#include <store/option_json.hpp>

namespace partwise {
namespace {

std::string shown(std::string_view name, const OptionValue& value) {
  JsonWriter json(json_document(0));
  write_option(*find_option(name), value, json);
  return json.take();
}

TEST(OptionJson, ShowsNumbersWordsSwitchesNamesAndWhatIsNotGiven) {
  EXPECT_EQ(shown("components", Index{12}), "12");
  EXPECT_EQ(shown("tol", 1e-4), "0.0001");
  EXPECT_EQ(shown("report-size", 25.0), "25");
  EXPECT_EQ(shown("report-size", 12.5), "12.5");
  EXPECT_EQ(shown("loss", std::string("frobenius")), "\"frobenius\"");
  EXPECT_EQ(shown("mono", true), "true");
  EXPECT_EQ(shown("names", std::vector<std::string>{"a\"b", "c\\d"}), R"("a\"b,c\\d")");
  EXPECT_EQ(shown("duration", {}), "null");
  EXPECT_EQ(shown("sample-rate", {}), "\"native\"");
  EXPECT_EQ(shown("output", std::string("a\xFFz")), R"("a\\xffz")");
}

TEST(OptionJson, ReadsBackEveryDefaultAsItWas) {
  RunOptions options;
  options.analysis = resolve(options.analysis);
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    const OptionValue value = spec->get(options);
    const OptionValue back = option_value(nlohmann::json::parse(shown(spec->name, value)));
    RunOptions read;
    read.analysis = resolve(read.analysis);
    if (option_text(back).empty() && spec->kind == OptionKind::text) continue;  // not given
    set_option(read, *spec, back);
    EXPECT_EQ(spec->get(read), value) << spec->name;
  }
}

}  // namespace
}  // namespace partwise
