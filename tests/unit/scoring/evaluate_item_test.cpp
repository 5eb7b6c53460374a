#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <partwise/evaluate_folders.hpp>
#include <support/expect_error.hpp>
#include <support/signals.hpp>
#include <support/temporary_folder.hpp>

namespace partwise {
namespace {

namespace fs = std::filesystem;

/// Folders of files whose sound is kept here, for what they hold is no matter.
class EvaluateItem : public testing::Test {
 protected:
  test::TemporaryFolder temporary_;
  fs::path folder_ = fs::path(temporary_ / "").parent_path();

  void put(const std::string& name, Matrix<float> samples, double rate = 8000) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << "sound";
    sounds_[(folder_ / name).string()] = {std::move(samples), rate};
  }
  static Matrix<float> noise(Index count, std::uint32_t seed, Index channels = 1) {
    return test::noise_signal(count, channels, seed).samples;
  }
  static Matrix<float> near(Matrix<float> samples, std::uint32_t seed) {
    const Matrix<float> other = noise(samples.rows(), seed, samples.cols());
    for (Index c = 0; c < samples.cols(); ++c) {
      for (Index i = 0; i < samples.rows(); ++i) samples(i, c) += 0.1F * other(i, c);
    }
    return samples;
  }

  EvaluatedItem evaluate(std::uint64_t memory = 1 << 30, EvaluateOptions options = {}) {
    const auto items =
        find_items((folder_ / "true").string(), (folder_ / "parts").string(), options);
    Reducer reducer;
    const ReadSound read = [&](const std::string& path, const DecodeRange& range) {
      const Signal& whole = sounds_.at(path);
      const auto first = static_cast<Index>(range.offset_s * whole.sample_rate_hz);
      const auto wanted = static_cast<Index>(range.duration_s * whole.sample_rate_hz);
      const Index count = std::min(whole.num_samples() - first, wanted);
      EXPECT_GT(count, 0) << path;
      largest_ = std::max(largest_, count);
      DecodedAudio out;
      out.signal = {Matrix<float>(count, whole.num_channels()), whole.sample_rate_hz};
      for (Index c = 0; c < whole.num_channels(); ++c) {
        std::copy_n(whole.samples.column(c) + first, count, out.signal.samples.column(c));
      }
      return out;
    };
    return evaluate_item(items.front(), options, memory, read, reducer, RunControl());
  }

  std::map<std::string, Signal> sounds_;
  Index largest_ = 0;
};

TEST_F(EvaluateItem, LittleMemoryGivesTheSameScoresInSections) {
  const Index lengths[] = {200'000, 131'072, 131'072 + 300};
  for (const Index length : lengths) {
    put("true/a.wav", noise(length, 1));
    put("true/b.wav", noise(length, 2));
    put("parts/one.wav", near(noise(length, 2), 3));
    put("parts/two.wav", near(noise(length, 1), 4));
    const EvaluatedItem whole = evaluate();
    largest_ = 0;
    const EvaluatedItem cut = evaluate(1);
    EXPECT_LT(largest_, 70'000);
    ASSERT_EQ(cut.sources.size(), 2U);
    EXPECT_EQ(cut.sources[0].parts, std::vector<std::string>{"two"});
    EXPECT_NEAR(cut.sources[0].scores.sdr_db, whole.sources[0].scores.sdr_db, 1e-9);
    EXPECT_NEAR(cut.mean.sir_db, whole.mean.sir_db, 1e-9);
    EXPECT_NEAR(cut.left_over_db, whole.left_over_db, 1e-9);
    EXPECT_TRUE(cut.warnings.empty()) << cut.warnings.front();
  }
}

TEST_F(EvaluateItem, PartsOfAnotherLengthAreSaidAndScored) {
  put("true/a.wav", noise(100'000, 1));
  put("true/b.wav", noise(100'000, 2));
  put("parts/a.wav", noise(90'000, 1));
  put("parts/b.wav", noise(150'000, 2));
  for (const std::uint64_t memory : {std::uint64_t{1}, std::uint64_t{1} << 30}) {
    const EvaluatedItem item = evaluate(memory);
    EXPECT_EQ(item.matching, PartMatching::names);
    EXPECT_NEAR(item.sources[0].scores.si_sdr_db, 9.54, 0.1);  // a tenth of the energy is missing
    EXPECT_GT(item.sources[1].scores.si_sdr_db, 130);
    ASSERT_EQ(item.warnings.size(), 2U);
    EXPECT_NE(item.warnings[0].find("shorter than the references by 10000 samples"),
              std::string::npos);
    EXPECT_NE(item.warnings[1].find("longer than the references"), std::string::npos);
  }
}

TEST_F(EvaluateItem, PartsOfOtherChannelsBecomeWhatTheReferencesHave) {
  put("true/a.wav", noise(20'000, 1, 2));
  put("true/b.wav", noise(20'000, 5, 2));
  put("parts/one.wav", noise(20'000, 1));
  put("parts/two.wav", noise(20'000, 5, 3));
  EXPECT_EQ(evaluate().sources.size(), 2U);
  put("true/b.wav", noise(20'000, 5));
  EXPECT_TRUE(test::throws_error([&] { (void)evaluate(); }, ErrorCode::malformed,
                                 "b.wav: 1 channels, expected 2 as in"));
}

TEST_F(EvaluateItem, AnotherRateIsRefusedWithBothFiles) {
  put("true/a.wav", noise(20'000, 1));
  put("parts/one.wav", noise(20'000, 1), 44100);
  EXPECT_TRUE(test::throws_error([&] { (void)evaluate(); }, ErrorCode::malformed,
                                 "one.wav: 44100 Hz, expected 8000 Hz as in"));
}

TEST_F(EvaluateItem, TheMatchingIsWhatWasAskedForOrRefused) {
  put("true/a.wav", noise(20'000, 1));
  put("true/b.wav", noise(20'000, 2));
  put("parts/b.wav", near(noise(20'000, 1), 3));
  put("parts/a.wav", near(noise(20'000, 2), 4));
  const auto first = [&](PartMatching matching) {
    EvaluateOptions options;
    options.matching = matching;
    return evaluate(1 << 30, options).sources[0].parts.front();
  };
  EXPECT_EQ(first(PartMatching::automatic), "a");
  EXPECT_EQ(first(PartMatching::names), "a");
  EXPECT_EQ(first(PartMatching::permutation), "b");
  EXPECT_EQ(first(PartMatching::oracle), "b");
  put("parts/c.wav", noise(20'000, 3));
  EXPECT_EQ(first(PartMatching::automatic), "b");
  EXPECT_TRUE(test::throws_error([&] { (void)first(PartMatching::permutation); }, ErrorCode::usage,
                                 "match = permutation, expected as many parts as sources, not 3"));
  fs::remove(folder_ / "parts/a.wav");
  EXPECT_TRUE(test::throws_error([&] { (void)first(PartMatching::names); }, ErrorCode::usage,
                                 "match = names, expected a part in"));
}

}  // namespace
}  // namespace partwise
