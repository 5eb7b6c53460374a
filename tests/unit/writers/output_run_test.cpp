// The loop over the outputs of a run: order, block lengths, faults.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <string>
#include <support/signals.hpp>
#include <support/temporary_folder.hpp>
#include <writers/output_files.hpp>
#include <writers/output_run.hpp>
#include <writers/output_table.hpp>
#include <writers/rows.hpp>
#include <writers/run_context.hpp>

namespace partwise {
namespace {

/// Hands the blocks on in pieces of at most `most` samples.
class Recut final : public PartsSink {
 public:
  Recut(Index most, PartsSink& next) : most_(most), next_(next) {}
  void begin(const PartsShape& shape) override { next_.begin(shape); }
  void add(const PartsBlock& block) override {
    for (Index first = 0; first < block.count; first += most_) {
      const Index count = std::min(most_, block.count - first);
      std::vector<MatrixView<const float>> parts;
      for (const auto& part : block.parts) parts.push_back(rows(part, first, count));
      next_.add({block.first_sample + first, count, parts, rows(block.mixture, first, count)});
    }
  }
  void finish() override { next_.finish(); }

 private:
  Index most_;
  PartsSink& next_;
};

/// A drum loop: hits of noise, twice a second, over a soft tone.
Signal loop(Index samples, double rate_hz) {
  Signal signal = test::noise_signal(samples, 2, 5);
  signal.sample_rate_hz = rate_hz;
  for (Index i = 0; i < samples; ++i) {
    const double seconds = static_cast<double>(i) / rate_hz;
    const double since_hit = seconds - std::floor(2 * seconds) / 2;
    const auto hit = static_cast<float>(0.8 * std::exp(-40 * since_hit));
    const auto tone = static_cast<float>(0.1 * std::sin(2 * 3.14159265 * 440 * seconds));
    for (Index c = 0; c < 2; ++c) signal.samples(i, c) = hit * signal.samples(i, c) + tone;
  }
  return signal;
}

/// A run that is ready to be written.
struct Prepared {
  explicit Prepared(RunOptions given = {}, Index samples = 30000)
      : options(std::move(given)), signal(loop(samples, 8000)) {
    options.analysis.factorize.num_components = 3;
    options.analysis.factorize.max_iterations = 10;
    options.one_shots = options.pictures = true;
    input.name = "loop.wav";
    input.analysed_differs = true;
    analysis = analyse(signal, options.analysis, nullptr, reducer, control);
  }

  /// Writes with that table, in pieces of at most `most` samples.
  void write(const std::string& folder, std::span<const OutputSpec> table, Index most) {
    const Container container = wav_container();
    const RunToWrite run{signal, analysis, input, options, container};
    StagedFolder staged(folder, false);
    const RunContext context = make_run_context(run, staged, "out", reducer, control);
    OutputRun outputs(context, table, {});
    Recut recut(most, outputs);
    resynthesise(signal, analysis, reducer, control, recut);
    (void)outputs.complete();
    staged.commit();
  }

  Reducer reducer{2};
  RunControl control;
  RunOptions options;
  Signal signal;
  InputFacts input;
  Analysis analysis;
};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Levels are sums over blocks, and so the same up to their rounding; times are never the same.
nlohmann::json without_rounding(nlohmann::json value, const std::string& key = "") {
  if (key == "seconds" || key == "files") return nullptr;
  if (value.is_number_float()) return std::round(value.get<double>() * 1e9) / 1e9;
  if (value.is_structured()) {
    for (const auto& item : value.items())
      item.value() = without_rounding(item.value(), value.is_object() ? item.key() : "");
  }
  return value;
}

/// Every file by its name, as far as it does not depend on the clock.
std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string text = text_of(entry.path());
    const std::string name = entry.path().filename();
    if (name == "summary.json") text = without_rounding(nlohmann::json::parse(text)).dump();
    if (name == "report.html") {
      const std::string begin = "id=\"model\">";
      const auto from = text.find(begin) + begin.size();
      const std::string model = text.substr(from, text.find("</script>", from) - from);
      text = without_rounding(nlohmann::json::parse(model)).dump();
    }
    out[name] = std::move(text);
  }
  return out;
}

void expect_same_files(Prepared& run) {
  const test::TemporaryFolder folder;
  run.write(folder / "whole", output_table(), 1 << 20);
  const auto expected = contents(folder / "whole");
  EXPECT_GE(expected.size(), 16U);
  for (const Index most : {1, 7, 4096}) {
    const std::string name = "cut-" + std::to_string(most);
    run.write(folder / name, output_table(), most);
    const auto found = contents(folder / name);
    ASSERT_EQ(found.size(), expected.size());
    for (const auto& [file, text] : expected)
      EXPECT_TRUE(found.at(file) == text) << file << " in blocks of " << most;
  }
}

TEST(Outputs, BlocksOfAnyLengthGiveTheSameFiles) {
  Prepared run;
  expect_same_files(run);
}

TEST(Outputs, BlocksOfAnyLengthGiveTheSameFilesWhereTheSoundOfThePageHasToBeLowered) {
  RunOptions options;
  options.format = OutputFormat::wav24;
  options.report_size_mb = 1.2;
  Prepared run(options);
  expect_same_files(run);
}

enum class Moment { make, add, close, closing_work, finish, never };

/// Throws at a moment.
class Faulty final : public Output {
 public:
  explicit Faulty(const RunContext& context) : context_(context) { fail_at(Moment::make); }
  void add(const RunBlock& /*block*/) override { fail_at(Moment::add); }
  void close(RunResults& /*results*/, ClosingWork& work) override {
    fail_at(Moment::close);
    work.add([] { fail_at(Moment::closing_work); });
  }
  std::vector<std::string> finish(RunResults& /*results*/) override {
    write_file(context_.folder, "half-done.txt", "half");
    fail_at(Moment::finish);
    return {"half-done.txt"};
  }

  inline static Moment moment = Moment::never;

 private:
  static void fail_at(Moment now) {
    if (now == moment) throw Error(ErrorCode::cannot_write, "planted");
  }
  const RunContext& context_;
};

TEST(Outputs, AFaultOfOneAtAnyMomentLeavesNothingBehind) {
  Prepared run({}, 4000);
  const auto all = output_table();
  for (std::size_t place = 0; place < all.size(); ++place) {
    std::vector<OutputSpec> table(all.begin(), all.end());
    table.insert(table.begin() + static_cast<std::ptrdiff_t>(place),
                 {.name = "faulty",
                  .wanted = [](const RunOptions&) { return true; },
                  .make = make_output<Faulty>});
    for (const Moment moment : {Moment::make, Moment::add, Moment::close, Moment::closing_work,
                                Moment::finish, Moment::never}) {
      const test::TemporaryFolder folder;
      Faulty::moment = moment;
      bool failed = false;
      try {
        run.write(folder / "out", table, 1 << 20);
      } catch (const Error& error) {
        failed = true;
        EXPECT_STREQ(error.what(), "planted");
      }
      EXPECT_EQ(failed, moment != Moment::never) << "output " << place;
      EXPECT_EQ(std::filesystem::exists(folder / "out/half-done.txt"), !failed);
      EXPECT_EQ(std::filesystem::is_empty(folder / "."), failed) << "output " << place;
    }
  }
}

OutputSpec named(std::string_view name, std::vector<std::string_view> after) {
  return {.name = name,
          .wanted = [](const RunOptions&) { return true; },
          .make = make_output<Faulty>,
          .after = std::move(after)};
}

std::string refusal(const std::vector<OutputSpec>& table) {
  try {
    check_order(table);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::internal);
    return error.what();
  }
  return "";
}

TEST(Outputs, ATableOutOfOrderIsRefused) {
  EXPECT_EQ(refusal({named("a", {}), named("b", {"a"}), named("c", {kAllOthers})}), "");
  EXPECT_EQ(refusal({named("b", {"a"}), named("a", {})}), "output b stands before a");
  EXPECT_EQ(refusal({named("c", {kAllOthers}), named("a", {})}), "output c does not stand last");
  EXPECT_EQ(refusal({named("a", {}), named("a", {})}), "output a stands in the table twice");
  EXPECT_NO_THROW(check_order(output_table()));
}

TEST(Outputs, ACheckIsAskedOnlyWhereItsOutputIsWanted) {
  std::vector<OutputSpec> table = {named("picky", {})};
  table.front().check = [](const RunOptions&, const RunPlan& plan) {
    if (plan.num_parts > 2) throw Error(ErrorCode::usage, "too many parts");
  };
  const Container container = wav_container();
  EXPECT_NO_THROW(check_outputs(table, {}, {"out", 2, 1, 100, 8000, false, container}));
  EXPECT_THROW(check_outputs(table, {}, {"out", 3, 1, 100, 8000, false, container}), Error);
  table.front().wanted = [](const RunOptions&) { return false; };
  EXPECT_NO_THROW(check_outputs(table, {}, {"out", 3, 1, 100, 8000, false, container}));
}

}  // namespace
}  // namespace partwise
