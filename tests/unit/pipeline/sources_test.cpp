// A recording that is read a range at a time is taken apart as one in memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <partwise/decompose.hpp>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/signals.hpp>
#include <support/sources.hpp>

namespace partwise {
namespace {

/// Everything that a run hands out.
struct Result {
  Analysis analysis;
  std::vector<Matrix<float>> parts;
  Matrix<float> mixture;
};

void place(MatrixView<const float> block, Index first, Matrix<float>& whole) {
  ASSERT_EQ(block.cols, whole.cols());
  for (Index c = 0; c < block.cols; ++c)
    std::copy_n(block.column(c), block.rows, whole.column(c) + first);
}

Result run_on(const SignalSource& source, const AnalysisOptions& options) {
  Reducer reducer(2);
  const RunControl control;
  Result out{analyse(source, options, nullptr, reducer, control), {}, {}};
  const Matrix<float> silence(source.num_samples(), source.num_channels());
  out.parts.assign(static_cast<std::size_t>(out.analysis.w.cols()), silence);
  out.mixture = silence;
  CallbackSink sink([&](const PartsBlock& block) {
    ASSERT_EQ(block.mixture.rows, block.count);
    place(block.mixture, block.first_sample, out.mixture);
    for (std::size_t k = 0; k < block.parts.size(); ++k)
      place(block.parts[k], block.first_sample, out.parts[k]);
  });
  resynthesise(source, out.analysis, reducer, control, sink);
  return out;
}

AnalysisOptions options_of(const StftOptions& stft) {
  AnalysisOptions options;
  options.stft = {stft.n_fft, stft.hop_length};
  options.factorize.num_components = 3;
  options.factorize.max_iterations = 5;
  return options;
}

void expect_same(const Result& a, const Result& b) {
  EXPECT_TRUE(test::same_bits(a.analysis.spectrogram, b.analysis.spectrogram));
  EXPECT_TRUE(test::same_bits(a.analysis.w, b.analysis.w));
  EXPECT_TRUE(test::same_bits(a.mixture, b.mixture));
  ASSERT_EQ(a.parts.size(), b.parts.size());
  for (std::size_t k = 0; k < a.parts.size(); ++k)
    EXPECT_TRUE(test::same_bits(a.parts[k], b.parts[k])) << "part " << k;
}

TEST(Sources, AWavReadInRangesGivesTheBitsOfTheSignalInMemory) {
  for (const StftOptions& stft :
       {StftOptions{64, 16}, StftOptions{45, 11}, StftOptions{64, 24}, StftOptions{1024, 333}}) {
    for (const Index samples : {1, 50, 4999, 30001}) {
      const Signal signal = test::noise_signal(samples, 2, 3);
      const auto wav = test::as_wav_source(signal);
      AnalysisOptions options = options_of(stft);
      const Result expected = run_on(MemorySignal(signal), options);
      EXPECT_TRUE(test::same_bits(expected.mixture, signal.samples));
      expect_same(run_on(*wav, options), expected);
    }
  }
}

TEST(Sources, TheSameHoldsInDoubleAndForRawFactors) {
  const Signal signal = test::noise_signal(7001, 1, 4);
  const auto wav = test::as_wav_source(signal);
  AnalysisOptions options = options_of({64, 16});
  options.precision = Precision::double_precision;
  options.separate.resynthesis = Resynthesis::factors;
  expect_same(run_on(*wav, options), run_on(MemorySignal(signal), options));
}

/// Copies every range, and remembers the longest.
class Watched final : public SignalSource {
 public:
  explicit Watched(const Signal& signal) : signal_(signal) {}
  [[nodiscard]] double sample_rate_hz() const override { return signal_.sample_rate_hz; }
  [[nodiscard]] Index num_channels() const override { return signal_.num_channels(); }
  [[nodiscard]] Index num_samples() const override { return signal_.num_samples(); }
  [[nodiscard]] MatrixView<const float> read(Index first, Index count,
                                             Matrix<float>& room) const override {
    Index longest = longest_;
    while (count > longest && !longest_.compare_exchange_weak(longest, count)) {
    }
    const MatrixView<float> out = room_for(count, num_channels(), room);
    for (Index c = 0; c < out.cols; ++c)
      std::copy_n(signal_.samples.column(c) + first, count, out.column(c));
    return out;
  }
  [[nodiscard]] Index longest() const { return longest_; }

 private:
  const Signal& signal_;
  mutable std::atomic<Index> longest_ = 0;
};

TEST(Sources, NoReadIsLongerThanABlock) {
  const Signal signal = test::noise_signal(1'200'000, 1, 5);
  const Watched source(signal);
  AnalysisOptions options = options_of({1024, 256});
  options.factorize.max_iterations = 1;
  expect_same(run_on(source, options), run_on(MemorySignal(signal), options));
  EXPECT_GT(source.longest(), 0);
  EXPECT_LT(source.longest(), signal.num_samples() / 3);
}

TEST(Sources, TheFirstChannelWithABadSampleIsNamed) {
  Signal signal = test::noise_signal(200'000, 2, 6);
  signal.samples(150'000, 0) = std::numeric_limits<float>::quiet_NaN();
  signal.samples(7, 1) = std::numeric_limits<float>::infinity();
  const auto wav = test::as_wav_source(signal);
  Reducer reducer(1);
  EXPECT_TRUE(test::throws_error(
      [&] {
        static_cast<void>(analyse(*wav, options_of({64, 16}), nullptr, reducer, RunControl{}));
      },
      ErrorCode::malformed, "sample 150000 of channel 0 is NaN"));
}

}  // namespace
}  // namespace partwise
