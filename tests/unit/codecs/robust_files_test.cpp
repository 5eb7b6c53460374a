// The 66 odd files of the shared evaluation, each with what is expected of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

// An IMA ADPCM file is filled up to whole blocks of this many samples; its header counts them.
constexpr Index kImaBlockSamples = 4089;

TEST(RobustFiles, EachIsReadOrRefusedAsExpected) {
  const auto folder = test::shared_path("evaluation/robust");
  if (!folder) GTEST_SKIP() << "no shared folder";
  const auto expected = nlohmann::json::parse(std::ifstream(*folder + "/expected.json"));
  int seen = 0;
  for (const auto& [name, entry] : expected.items()) {
    SCOPED_TRACE(name);
    ++seen;
    const auto source = open_file(*folder + "/" + name);
    if (entry["expect"] == "clear-error") {
      try {
        (void)decode_audio(*source, {}, RunControl{});
        ADD_FAILURE() << "was read";
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed);
        EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
      }
      continue;
    }
    // "ok" and "ok-or-clear-error": partwise reads them all.
    const DecodedAudio audio = decode_audio(*source, {}, RunControl{});
    EXPECT_EQ(audio.signal.num_samples(), audio.info.num_samples);
    if (!entry.contains("sr")) continue;
    EXPECT_EQ(audio.info.sample_rate_hz, entry["sr"].get<double>());
    EXPECT_EQ(audio.info.num_channels, entry["channels"].get<Index>());
    Index samples = entry["frames"].get<Index>();
    if (entry["subtype"] == "IMA_ADPCM") {
      samples = (samples + kImaBlockSamples - 1) / kImaBlockSamples * kImaBlockSamples;
    }
    EXPECT_EQ(audio.info.num_samples, samples);
    EXPECT_TRUE(audio.info.warnings.empty());
  }
  EXPECT_EQ(seen, 66);
}

}  // namespace
}  // namespace partwise
