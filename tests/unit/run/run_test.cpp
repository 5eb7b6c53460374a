// One run as a library does it: from an input, an array or a stored run to a folder or a stream.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <partwise/estimate.hpp>
#include <partwise/run.hpp>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>
#include <support/signals.hpp>
#include <support/temporary_folder.hpp>

namespace partwise {
namespace {

using test::TemporaryFolder;
using test::throws_error;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Names of all files of a folder but those that tell the time, in order.
std::vector<std::string> lasting_files(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name != "summary.json" && name != "report.html") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void expect_same_files(const std::string& a, const std::string& b) {
  const auto names = lasting_files(a);
  ASSERT_EQ(names, lasting_files(b));
  ASSERT_GT(names.size(), 4U);
  for (const auto& name : names) {
    EXPECT_TRUE(bytes_of(a + "/" + name) == bytes_of(b + "/" + name)) << name;
  }
}

class Runs : public ::testing::Test {
 protected:
  void SetUp() override {
    const Container container = wav_container();
    test::MemorySink sink;
    const auto encoder = container.make_encoder(
        sink, {signal.sample_rate_hz, signal.num_channels(), signal.num_samples()});
    encoder->write(signal.samples);
    encoder->finish();
    std::ofstream file(input, std::ios::binary);
    file.write(reinterpret_cast<const char*>(sink.bytes().data()),
               static_cast<std::streamsize>(sink.bytes().size()));
    options.analysis.factorize.num_components = 3;
    options.analysis.factorize.max_iterations = 10;
  }

  [[nodiscard]] partwise::Run open() {
    return partwise::Run::open({input}, options, wav_services(), reducer, control);
  }
  [[nodiscard]] partwise::Run from_signal(std::optional<Factors<float>> start = {}) const {
    return partwise::Run::from_signal(signal, options, std::move(start), wav_services());
  }

  void write(partwise::Run& run, const std::string& to) {
    run.analyse(reducer, control);
    RunOptions into = run.options();
    into.output = to;
    static_cast<void>(run.write(into, reducer, control));
  }

  TemporaryFolder folder;
  std::string input = folder / "noise.wav";
  Signal signal = test::noise_signal(30000, 2, 7);
  RunOptions options;
  Reducer reducer{2};
  RunControl control;
};

TEST_F(Runs, AFileAndItsSamplesInMemoryGiveTheSameFiles) {
  partwise::Run file = open(), memory = from_signal();
  write(file, folder / "file");
  write(memory, folder / "memory");
  expect_same_files(folder / "file", folder / "memory");
}

TEST_F(Runs, AStoredRunWritesItsPartsAgain) {
  partwise::Run first = open();
  write(first, folder / "first");
  const StoredRun stored = load_run(folder / "first");
  RunOptions again = resynth_options(stored, {});
  again.input = input;
  again.output.clear();
  partwise::Run second =
      partwise::Run::from_stored(stored, again, wav_services(), reducer, control);
  write(second, folder / "second");
  for (const char* name : {"part-00.wav", "part-01.wav", "part-02.wav", "residual.wav"}) {
    EXPECT_TRUE(bytes_of(folder / ("first/" + std::string(name))) ==
                bytes_of(folder / ("second/" + std::string(name))))
        << name;
  }
}

TEST_F(Runs, AStoredRunRefusesAnotherRecording) {
  partwise::Run first = open();
  write(first, folder / "first");
  const StoredRun stored = load_run(folder / "first");
  RunOptions again = resynth_options(stored, {});
  again.input = folder / "first/residual.wav";
  again.output = folder / "second";
  EXPECT_TRUE(throws_error(
      [&] {
        static_cast<void>(
            partwise::Run::from_stored(stored, again, wav_services(), reducer, control));
      },
      ErrorCode::malformed, "SHA-256"));
}

TEST_F(Runs, AStreamHandsOutPartsTheirSumAndTheRestWithoutAFolder) {
  partwise::Run run = open();
  run.analyse(reducer, control);
  Index covered = 0;
  const auto check = [&](const RunSound& block) {
    EXPECT_EQ(block.first_sample, covered);
    ASSERT_EQ(block.parts.size(), 3U);
    for (Index i = 0; i < block.count; ++i) {
      double sum = 0;
      for (const auto& part : block.parts) sum += static_cast<double>(part(i, 1));
      const auto whole = static_cast<double>(signal.samples(covered + i, 1));
      ASSERT_EQ(block.mix(i, 1), static_cast<float>(sum));
      ASSERT_EQ(block.residual(i, 1), static_cast<float>(whole - sum));
    }
    covered += block.count;
  };
  run.stream(check, reducer, control);
  EXPECT_EQ(covered, signal.num_samples());
}

TEST_F(Runs, ASinkTakesThePartsOfARun) {
  partwise::Run run = open();
  run.analyse(reducer, control);
  Index covered = 0;
  CallbackSink sink([&](const PartsBlock& block) { covered += block.count; });
  run.stream(sink, reducer, control);
  EXPECT_EQ(covered, signal.num_samples());
}

TEST_F(Runs, AFolderThatIsNotOursIsRefusedWhenTheRunIsOpened) {
  options.output = folder / "mine";
  std::filesystem::create_directory(options.output);
  std::ofstream(options.output + "/letter.txt") << "dear";
  options.force = true;
  EXPECT_TRUE(throws_error([&] { static_cast<void>(open()); }, ErrorCode::cannot_write, "mine"));
}

TEST_F(Runs, AMissingFileIsReportedBeforeAnUnusableFolder) {
  options.output = "/proc/nothing/there";
  EXPECT_TRUE(throws_error([&] { static_cast<void>(open()); }, ErrorCode::cannot_write, "there"));
  input = folder / "missing.wav";
  EXPECT_TRUE(
      throws_error([&] { static_cast<void>(open()); }, ErrorCode::cannot_read, "missing.wav"));
}

TEST_F(Runs, AFormatWithoutItsCodecIsRefusedWhenTheRunIsOpened) {
  options.output = folder / "out";
  options.format = OutputFormat::flac;
  EXPECT_TRUE(throws_error([&] { static_cast<void>(open()); }, ErrorCode::usage, "wav24"));
}

TEST_F(Runs, ChannelsAreMixedWithoutACodec) {
  options.mono = true;
  const partwise::Run run = open();
  EXPECT_EQ(run.signal().num_channels(), 1);
  EXPECT_TRUE(run.facts().analysed_differs);
}

TEST_F(Runs, ResamplingNeedsAResampler) {
  options.sample_rate_hz = 8000;
  EXPECT_TRUE(throws_error([&] { static_cast<void>(open()); }, ErrorCode::usage, "resampler"));
  SoundServices services = wav_services();
  services.resample = [](const Signal& from, double rate_hz) {
    return Signal{Matrix<float>(from.num_samples() / 2, from.num_channels()), rate_hz};
  };
  const partwise::Run run = partwise::Run::open({input}, options, services, reducer, control);
  EXPECT_EQ(run.signal().sample_rate_hz, 8000);
  EXPECT_EQ(run.signal().num_samples(), 15000);
}

TEST_F(Runs, SoundFromMemoryIsNeitherMixedNorResampled) {
  options.mono = true;
  EXPECT_TRUE(
      throws_error([&] { static_cast<void>(from_signal()); }, ErrorCode::usage, "2 channels"));
}

TEST_F(Runs, MoreMemoryThanTheRunMayUseIsRefused) {
  EXPECT_TRUE(throws_error(
      [&] {
        static_cast<void>(
            partwise::Run::open({input, 1'000'000}, options, wav_services(), reducer, control));
      },
      ErrorCode::resource_limit, "max_memory"));
}

TEST_F(Runs, AnAddressIsRefusedWhereNothingFetches) {
  input = "http://user:secret@localhost/loop.wav";
  try {
    static_cast<void>(open());
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::network);
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
  }
}

TEST_F(Runs, AStartDecidesTheNumberOfComponentsUnlessItWasGiven) {
  partwise::Run first = from_signal();
  const Analysis found = first.analyse(reducer, control);
  const auto start = [&] { return Factors<float>{found.w, found.h}; };
  options.analysis.factorize.num_components.reset();
  partwise::Run open_number = from_signal(start());
  EXPECT_EQ(open_number.analyse(reducer, control).w.cols(), 3);
  options.analysis.factorize.num_components = 2;
  partwise::Run fixed_number = from_signal(start());
  EXPECT_TRUE(throws_error([&] { fixed_number.analyse(reducer, control); }, ErrorCode::usage, "2"));
}

TEST_F(Runs, PartsAreNamedByTheCallerThenNumbered) {
  options.names = {"kick"};
  partwise::Run run = from_signal();
  run.analyse(reducer, control);
  const RunParts parts = run.parts();
  EXPECT_EQ(parts.names, (std::vector<std::string>{"kick", "part-01", "part-02"}));
  EXPECT_EQ(parts.groups, (PartGroups{{0}, {1}, {2}}));
  EXPECT_EQ(parts.factors.w.cols(), 3);
  EXPECT_EQ(parts.descriptions.size(), 3U);
}

TEST_F(Runs, AFolderThatHoldsAnInputIsRefused) {
  std::filesystem::create_directory(folder / "out");
  const std::string inside = folder / "out/a.wav";
  std::filesystem::copy(input, inside);
  EXPECT_TRUE(throws_error([&] { check_inputs_outlive_outputs({inside}, {folder / "out"}); },
                           ErrorCode::usage, "a.wav"));
  EXPECT_NO_THROW(check_inputs_outlive_outputs({input}, {folder / "out"}));
}

TEST_F(Runs, AnEstimateKnowsTheSizeOfTheRun) {
  options.range.duration_s = 1;
  const RunEstimate estimate = estimate_input(input, options, wav_services(), reducer, control);
  EXPECT_EQ(estimate.num_samples, 22050);
  EXPECT_EQ(estimate.num_channels, 2);
  EXPECT_EQ(estimate.num_parts, 3);
}

}  // namespace
}  // namespace partwise
