// The exactness: parts and residual add up to the signal.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/outputs.hpp>
#include <random>
#include <string>
#include <support/temporary_folder.hpp>
#include <vector>
#include <writers/part_names.hpp>
#include <writers/sample_grid.hpp>

namespace partwise {
namespace {

/// Noise on the grid of `bits` bits (0: any float), of a quarter of full scale.
Signal noise(Index samples, Index channels, int bits, std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> uniform(-0.25, 0.25);
  Signal signal{Matrix<float>(samples, channels), 8000};
  const double steps = std::exp2(bits - 1);
  for (Index c = 0; c < channels; ++c) {
    for (float& x : signal.samples.view().column_span(c)) {
      x = static_cast<float>(bits == 0 ? uniform(engine)
                                       : std::nearbyint(uniform(engine) * steps) / steps);
    }
  }
  return signal;
}

Signal read(const std::string& path) {
  const auto source = open_file(path);
  const RunControl control;
  return decode_wav(*source, {}, control).signal;
}

struct Written {
  std::vector<Signal> parts;
  Signal mix;
  Signal residual;
};

Written write(const Signal& signal, OutputFormat format, const AnalysisOptions& analysis_options) {
  const test::TemporaryFolder folder;
  Reducer reducer(2);
  const RunControl control;
  const Analysis analysis = analyse(signal, analysis_options, nullptr, reducer, control);
  RunOptions options;
  options.format = format;
  options.report = false;
  InputFacts input;
  const Container container = wav_container();
  static_cast<void>(
      write_run(folder / "out", {signal, analysis, input, options, container}, reducer, control));
  Written out;
  for (Index k = 0; k < analysis.w.cols(); ++k) {
    out.parts.push_back(read(folder / ("out/" + part_name(k, analysis.w.cols()) + ".wav")));
  }
  out.mix = read(folder / "out/mix.wav");
  out.residual = read(folder / "out/residual.wav");
  return out;
}

/// The sum of the parts in double at one sample.
double sum_at(const Written& written, Index i, Index c) {
  double sum = 0;
  for (const Signal& part : written.parts) sum += static_cast<double>(part.samples(i, c));
  return sum;
}

TEST(Exactness, FloatPartsAndResidualMissTheSignalByAtMostHalfAnUlpOfTheResidual) {
  std::mt19937 engine(1);
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    AnalysisOptions options;
    options.factorize.num_components = 1 + static_cast<Index>(engine() % 7);
    options.factorize.max_iterations = 10;
    options.stft = {static_cast<Index>(64 + engine() % 300), {}};
    if (seed % 3 == 0) options.separate.resynthesis = Resynthesis::factors;
    const Signal signal = noise(1 + static_cast<Index>(engine() % 5000), 1 + seed % 3, 0, seed);
    const Written written = write(signal, OutputFormat::wav, options);
    for (Index c = 0; c < signal.num_channels(); ++c) {
      for (Index i = 0; i < signal.num_samples(); ++i) {
        const float residual = written.residual.samples(i, c);
        const double half_ulp =
            (std::nextafter(std::abs(residual), 2.0f) - std::abs(residual)) / 2.0;
        const double x = signal.samples(i, c);
        // Sums of numbers near 1 in double are themselves known to 2.2e-16 only.
        ASSERT_LE(std::abs(sum_at(written, i, c) + static_cast<double>(residual) - x),
                  half_ulp + 4.5e-16)
            << "seed " << seed << ", sample " << i;
        ASSERT_EQ(written.mix.samples(i, c), static_cast<float>(sum_at(written, i, c)));
      }
    }
  }
}

TEST(Exactness, IntegerFormatsAddUpToTheSignalsIntegers) {
  for (const auto& [format, bits] : {std::pair{OutputFormat::wav16, 16},
                                     {OutputFormat::wav24, 24},
                                     {OutputFormat::wav24, 16},
                                     {OutputFormat::wav16, 8}}) {
    for (const Resynthesis resynthesis : {Resynthesis::mask, Resynthesis::factors}) {
      AnalysisOptions options;
      options.factorize.max_iterations = 10;
      options.separate.resynthesis = resynthesis;
      const Signal signal = noise(3001, 2, bits, 5);
      const Written written = write(signal, format, options);
      for (Index c = 0; c < 2; ++c) {
        for (Index i = 0; i < signal.num_samples(); ++i) {
          ASSERT_EQ(sum_at(written, i, c) + static_cast<double>(written.residual.samples(i, c)),
                    static_cast<double>(signal.samples(i, c)))
              << bits << " bits, sample " << i;
        }
      }
    }
  }
}

TEST(Exactness, FloatOutputOfA16BitFileRoundsToItsIntegers) {
  AnalysisOptions options;
  options.factorize.max_iterations = 10;
  const Signal signal = noise(4000, 1, 16, 9);
  const Written written = write(signal, OutputFormat::wav, options);
  for (Index i = 0; i < signal.num_samples(); ++i) {
    const double sum = sum_at(written, i, 0) + static_cast<double>(written.residual.samples(i, 0));
    ASSERT_EQ(std::nearbyint(sum * 32768), static_cast<double>(signal.samples(i, 0)) * 32768);
  }
}

TEST(Exactness, TheWrittenInputIsTheSumToo) {
  const test::TemporaryFolder folder;
  Reducer reducer;
  const RunControl control;
  const Signal signal = noise(3000, 1, 24, 4);  // finer than the grid it is written on
  AnalysisOptions analysis_options;
  analysis_options.factorize.max_iterations = 5;
  const Analysis analysis = analyse(signal, analysis_options, nullptr, reducer, control);
  RunOptions options;
  options.format = OutputFormat::wav16;
  options.report = false;
  InputFacts input;
  input.analysed_differs = true;
  const Container container = wav_container();
  static_cast<void>(
      write_run(folder / "out", {signal, analysis, input, options, container}, reducer, control));
  const Signal written = read(folder / "out/input.wav"),
               residual = read(folder / "out/residual.wav");
  std::vector<Signal> parts;
  for (Index k = 0; k < analysis.w.cols(); ++k) {
    parts.push_back(read(folder / ("out/" + part_name(k, analysis.w.cols()) + ".wav")));
  }
  for (Index i = 0; i < signal.num_samples(); ++i) {
    double sum = residual.samples(i, 0);
    for (const Signal& part : parts) sum += static_cast<double>(part.samples(i, 0));
    ASSERT_EQ(sum, static_cast<double>(written.samples(i, 0))) << i;
  }
}

TEST(CheckOutput, SaysBeforeTheWorkWhatAContainerCannotHold) {
  const test::TemporaryFolder folder;
  Signal signal = noise(10, 1, 0, 1);
  signal.sample_rate_hz = 11025.5;
  EXPECT_THROW(check_output(folder / "out", signal, false, RunOptions{}, wav_container()), Error);
  signal.sample_rate_hz = 11025;
  EXPECT_NO_THROW(check_output(folder / "out", signal, false, RunOptions{}, wav_container()));
}

TEST(Seconds, OfAStageAreNeverNegative) {
  const test::TemporaryFolder folder;
  Reducer reducer;
  const RunControl control;
  const Signal signal = noise(1, 1, 0, 4);
  const Analysis analysis = analyse(signal, {}, nullptr, reducer, control);
  const Container container = wav_container();
  const WrittenRun run =
      write_run(folder / "out", {signal, analysis, {}, {}, container}, reducer, control);
  const auto summary = nlohmann::json::parse(run.summary_json);
  for (const auto& [stage, seconds] : summary["seconds"].items())
    EXPECT_GE(seconds.get<double>(), 0) << stage;
}

TEST(SampleGrid, RoundsClipsAndCounts) {
  const SampleGrid grid(SampleFormat::pcm16);
  Index clipped = 0;
  EXPECT_EQ(grid.nearest(0.50001, clipped), 0.5f);
  EXPECT_EQ(grid.nearest(-1.0, clipped), -1.0f);
  EXPECT_EQ(clipped, 0);
  EXPECT_EQ(grid.nearest(1.0, clipped), 32767 / 32768.0f);
  EXPECT_EQ(grid.nearest(-1.5, clipped), -1.0f);
  EXPECT_EQ(clipped, 2);
  EXPECT_EQ(SampleGrid(SampleFormat::float32).nearest(1.5, clipped), 1.5f);
  EXPECT_EQ(clipped, 2);
}

}  // namespace
}  // namespace partwise
