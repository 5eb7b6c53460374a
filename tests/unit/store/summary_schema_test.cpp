// summary.json is what docs/summary-schema.json says, for sound and for silence.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <store/summary.hpp>
#include <string>
#include <support/json_schema.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

using nlohmann::json;
using test::first_fault;

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
