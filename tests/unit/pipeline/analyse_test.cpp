// analyse() as a whole: what it refuses, what it resolves, what it promises.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <partwise/decompose.hpp>
#include <string>
#include <support/compare.hpp>

namespace partwise {
namespace {

/// Two decaying tones that alternate, in `channels` channels of different loudness.
Signal two_tones(Index samples, Index channels, double rate = 8000) {
  Signal signal{Matrix<float>(samples, channels), rate};
  for (Index c = 0; c < channels; ++c) {
    for (Index i = 0; i < samples; ++i) {
      const double t = static_cast<double>(i) / rate;
      const double within = std::fmod(t, 0.25);
      const double hz = std::fmod(t, 0.5) < 0.25 ? 440 : 1500;
      signal.samples(i, c) =
          static_cast<float>(0.4 / static_cast<double>(c + 1) * std::exp(-12 * within) *
                             std::sin(2 * std::numbers::pi * hz * within));
    }
  }
  return signal;
}

Analysis run(const Signal& signal, const AnalysisOptions& options, int threads = 1) {
  Reducer reducer(threads);
  const RunControl control;
  return analyse(signal, options, nullptr, reducer, control);
}

std::string message_of(const Signal& signal, const AnalysisOptions& options = {}) {
  try {
    static_cast<void>(run(signal, options));
  } catch (const Error& error) {
    return std::to_string(static_cast<int>(error.code())) + ": " + error.what();
  }
  return "no error";
}

TEST(AnalyseErrors, NameWhatIsWrongWithTheSignal) {
  EXPECT_EQ(message_of({Matrix<float>(0, 1), 8000}), "4: no sound: there is not one sample");
  EXPECT_EQ(message_of({Matrix<float>(10, 65), 8000}), "4: channels = 65, expected 1..64");
  EXPECT_EQ(message_of({Matrix<float>(10, 1), 999}),
            "4: sample rate = 999 Hz, expected 1000..1000000 Hz");
  Signal signal = two_tones(4000, 2);
  signal.samples(7, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(message_of(signal), "4: sample 7 of channel 1 is NaN, expected a finite number");
}

TEST(Analyse, FindsTheTwoTones) {
  AnalysisOptions options;
  options.factorize.num_components = 2;
  const Analysis analysis = run(two_tones(16000, 1), options);
  ASSERT_EQ(analysis.components.size(), 2u);
  EXPECT_NEAR(analysis.components[0].peak_hz, 440, analysis.bin_hz());
  EXPECT_NEAR(analysis.components[1].peak_hz, 1500, analysis.bin_hz());
  EXPECT_LT(analysis.components[0].first_onset_s, 0.1);
  EXPECT_NEAR(analysis.components[1].first_onset_s, 0.25, 0.06);
  options.factorize.num_components = 1;
  EXPECT_LT(analysis.model_residual_db, run(two_tones(16000, 1), options).model_residual_db - 1);
}

TEST(Analyse, ResolvesWhatWasLeftOpen) {
  const Analysis analysis = run(two_tones(16000, 1, 44100), {});
  EXPECT_EQ(analysis.options.stft.n_fft, 4096);
  EXPECT_EQ(analysis.options.stft.hop_length, 1024);
  EXPECT_EQ(analysis.options.factorize.solver, Solver::fast);
  EXPECT_EQ(analysis.options.factorize.start, Start::nndsvda);
}

TEST(Analyse, ALouderRecordingGivesTheSameTemplatesToTheBit) {
  const Signal signal = two_tones(12000, 2);
  const Analysis reference = run(signal, {});
  for (const float factor : {0x1p-20f, 0x1p3f}) {
    Signal louder = signal;
    for (Index c = 0; c < 2; ++c) {
      for (float& x : louder.samples.view().column_span(c)) x *= factor;
    }
    EXPECT_TRUE(test::same_bits(run(louder, {}).w, reference.w)) << factor;
  }
}

TEST(Analyse, TheSameBitsForAnyNumberOfThreads) {
  const Signal signal = two_tones(60000, 2);
  const Analysis one = run(signal, {}, 1);
  for (const int threads : {2, 4}) {
    const Analysis many = run(signal, {}, threads);
    EXPECT_TRUE(test::same_bits(one.spectrogram, many.spectrogram));
    EXPECT_TRUE(test::same_bits(one.w, many.w));
    EXPECT_TRUE(test::same_bits(one.h, many.h));
  }
}

TEST(Analyse, SilenceAndOneSampleAreNoErrors) {
  const Analysis silence = run({Matrix<float>(5000, 2), 8000}, {});
  EXPECT_EQ(silence.stop_reason, StopReason::silent_input);
  ASSERT_EQ(silence.warnings.size(), 1u);
  EXPECT_EQ(silence.warnings[0].text(), "the input is silent: every part is silent too");
  Signal sample{Matrix<float>(1, 1), 8000};
  sample.samples(0, 0) = 0.5f;
  const Analysis one = run(sample, {});
  EXPECT_EQ(one.h.cols(), 1);
  EXPECT_TRUE(std::isfinite(one.objective.back()));
}

TEST(Analyse, WarnsInWords) {
  AnalysisOptions options;
  options.factorize.max_iterations = 5;
  const Analysis early = run(two_tones(16000, 1), options);
  ASSERT_FALSE(early.warnings.empty());
  EXPECT_EQ(early.warnings[0].text(),
            "not converged: stopped after 5 iterations; a larger max_iterations would go on");
  options.factorize.num_components = 40;
  const Analysis many = run(two_tones(2000, 1), options);
  EXPECT_NE(many.warnings[0].text().find("40 components for a spectrogram of "), std::string::npos);
  EXPECT_NE(many.warnings[0].text().find("the start is random"), std::string::npos);
}

TEST(Analyse, SaysWhereBf16WasAskedForInVain) {
  AnalysisOptions options;
  options.factorize.beta = 2;
  options.factorize.max_iterations = 20;
  options.factorize.tolerance = 0;
  const Analysis plain = run(two_tones(16000, 1), options);
  options.factorize.product_precision = ProductPrecision::bf16;
  const Analysis asked = run(two_tones(16000, 1), options);
  if (asked.options.factorize.product_precision == ProductPrecision::bf16) {
    EXPECT_GT(asked.bf16_iterations, 0);
    EXPECT_EQ(asked.warnings, plain.warnings);
  } else {
    ASSERT_FALSE(asked.warnings.empty());
    EXPECT_EQ(asked.warnings[0].text(),
              "this processor has no tiles for bf16 (AMX), or the system does not grant them: "
              "everything was computed in float32");
    EXPECT_EQ(asked.bf16_iterations, 0);
    EXPECT_TRUE(test::same_bits(asked.w, plain.w));
  }
  options.precision = Precision::double_precision;
  EXPECT_THROW(run(two_tones(16000, 1), options), Error);
}

TEST(Analyse, ProgressNeverFallsAndAStopIsAnError) {
  RunControl control;
  Reducer reducer;
  double last = 0;
  control.on_progress = [&](const Progress& progress) {
    EXPECT_GE(progress.share, last);
    last = progress.share;
    if (progress.stage == Stage::factorize && progress.iteration == 3) control.stop = true;
  };
  EXPECT_THROW(static_cast<void>(analyse(two_tones(16000, 1), {}, nullptr, reducer, control)),
               Error);
  EXPECT_GT(last, 0);
}

}  // namespace
}  // namespace partwise
