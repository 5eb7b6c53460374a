#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <partwise/outputs.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

using Names = std::vector<std::string>;

TEST(OutputFolders, OneInputIsWrittenIntoTheFolderThatWasNamed) {
  EXPECT_EQ(output_folders({"a/x.wav"}, ""), Names{"x.parts"});
  EXPECT_EQ(output_folders({"a/x.wav"}, "out"), Names{"out"});
}

TEST(OutputFolders, SeveralInputsGetAFolderEachBelowIt) {
  EXPECT_EQ(output_folders({"a/x.wav", "y.flac"}, ""), (Names{"x.parts", "y.parts"}));
  EXPECT_EQ(output_folders({"a/x.wav", "y.flac"}, "out"), (Names{"out/x.parts", "out/y.parts"}));
  EXPECT_EQ(output_folders({"a/x.wav", "y.flac"}, "out/"), (Names{"out/x.parts", "out/y.parts"}));
}

TEST(OutputFolders, TwoInputsOfOneFolderAreRefused) {
  EXPECT_TRUE(test::throws_error([] { (void)output_folders({"a/x.wav", "y.wav", "x.mp3"}, ""); },
                                 ErrorCode::usage,
                                 "FILE = x.mp3, expected one that is not written into x.parts as "
                                 "a/x.wav is"));
}

TEST(JsonOnOneLine, KeepsEveryValueAndEndsTheLine) {
  const nlohmann::json json = {{"a", {1, 2.5, nullptr}}, {"text", "two\nlines  and  spaces\\n"}};
  const std::string line = json_on_one_line(json.dump(2) + "\n");
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(nlohmann::json::parse(line), json);
}

TEST(FailureJson, NamesTheInputAndTheCode) {
  const auto json =
      nlohmann::json::parse(failure_json("dir/a \"b\".wav", ErrorCode::malformed, "no\nsound"));
  EXPECT_EQ(json["input"]["name"], "a \"b\".wav");
  EXPECT_EQ(json["error"]["code"], 4);
  EXPECT_EQ(json["error"]["message"], "no\nsound");
}

}  // namespace
}  // namespace partwise
