// summary.json is what docs/summary-schema.json says, for sound and for silence.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <outputs/summary.hpp>
#include <support/reference.hpp>
#include <string>

namespace partwise {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

/// The part of JSON Schema that the file uses. Returns the first thing that is wrong, or "".
std::string first_fault(const json& value, const json& schema, const std::string& path) {
  if (schema.contains("enum")) {
    for (const json& allowed : schema["enum"]) {
      if (allowed == value) return "";
    }
    return path + " = " + value.dump() + " is not in the list";
  }
  if (schema.contains("type")) {
    const json types = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
    bool fits = false;
    for (const json& type : types) fits = fits || has_type(value, type.get<std::string>());
    if (!fits) return path + " = " + value.dump() + " has the wrong type";
  }
  if (value.is_array() && schema.contains("items")) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto wrong = first_fault(value[i], schema["items"], path + "/" + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
  }
  if (!value.is_object()) return "";
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name.get<std::string>())) return path + " lacks " + name.dump();
  }
  for (const auto& [name, member] : value.items()) {
    const json properties = schema.value("properties", json::object());
    const json rest = schema.value("additionalProperties", json(true));
    if (!properties.contains(name) && rest == json(false)) return path + " has an unknown " + name;
    const json& next = properties.contains(name) ? properties[name] : rest;
    const auto wrong = next.is_object() ? first_fault(member, next, path + "/" + name) : "";
    if (!wrong.empty()) return wrong;
  }
  return "";
}

json schema() {
  std::ifstream file(test::source_path("docs/summary-schema.json"));
  return json::parse(file);
}

json summary_of(const Signal& signal) {
  Reducer reducer;
  const RunControl control;
  const Analysis analysis = analyse(signal, {}, nullptr, reducer, control);
  InputFacts input;
  input.name = "a \"name\" with \xff bytes.wav";
  input.info = {"WAV 16 bit", 8000, 1, signal.num_samples(), {}, {}, true, {}, 16};
  RunOptions options;
  options.analysis = analysis.options;
  WrittenPart part{"part-00", "part-00.wav", analysis.components[0], std::nan(""), 0};
  return json::parse(summary_json({signal,
                                   analysis,
                                   input,
                                   options,
                                   {part},
                                   {"a warning"},
                                   {{"part-00.wav", 44, std::string(64, '0')}},
                                   {},
                                   -std::numeric_limits<double>::infinity()}));
}

TEST(SummarySchema, ASummaryFollowsTheSchemaForSoundAndForSilence) {
  Signal signal{Matrix<float>(4000, 1), 8000};
  const json silent = summary_of(signal);
  EXPECT_EQ(first_fault(silent, schema(), ""), "");
  EXPECT_TRUE(silent["residual_db"].is_null());
  EXPECT_TRUE(silent["parts"][0]["peak_hz"].is_null());
  for (Index i = 0; i < 4000; ++i)
    signal.samples(i, 0) = static_cast<float>(std::sin(0.3 * static_cast<double>(i)));
  EXPECT_EQ(first_fault(summary_of(signal), schema(), ""), "");
}

TEST(SummarySchema, TheCheckSeesWhatIsMissingUnknownOrOfAnotherType) {
  Signal signal{Matrix<float>(4000, 1), 8000};
  json summary = summary_of(signal);
  summary["seconds"].erase("write");
  EXPECT_EQ(first_fault(summary, schema(), ""), "/seconds lacks \"write\"");
  summary = summary_of(signal);
  summary["input"]["more"] = 1;
  EXPECT_EQ(first_fault(summary, schema(), ""), "/input has an unknown more");
  summary = summary_of(signal);
  summary["files"][0]["bytes"] = "44";
  EXPECT_EQ(first_fault(summary, schema(), ""), "/files/0/bytes = \"44\" has the wrong type");
}

}  // namespace
}  // namespace partwise
