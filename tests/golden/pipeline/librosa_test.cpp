// --librosa against librosa 0.10.2 and scikit-learn 1.2.1, from the file to the parts.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/decompose.hpp>
#include <string>
#include <support/compare.hpp>
#include <support/reference.hpp>
#include <vector>

namespace partwise {
namespace {

using test::Arrays;

struct Recording {
  std::string name;
  std::optional<std::string> wav;        // nothing: the recording is not at hand
  std::optional<std::string> in_float;   // the whole notebook, float32 as librosa runs it
  std::optional<std::string> in_double;  // the same magnitudes factorised in double
  Index frames;
  Index iterations;
  double error;
  std::vector<Index> peak_bins;
  double residual_db;
};

Recording conga() {
  return {"conga",
          test::shared_path("audio/conga_groove.wav"),
          test::shared_path("golden/notebook.npz"),
          test::shared_path("golden/notebook64.npz"),
          188,
          166,
          210.6989094,
          {15, 16, 20, 22, 34, 39},
          -18.51685};
}

Recording tabla() {
  return {"tabla",
          test::data_path("tabla.wav"),
          test::shared_path("golden/tabla.npz"),
          test::data_path("tabla64.npz"),
          173,
          200,
          212.3739,
          {9, 10, 11, 13, 28, 72},
          -17.5239};
}

class Librosa : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    recording_ = GetParam() == "conga" ? conga() : tabla();
    if (!recording_.wav) GTEST_SKIP() << "the recording is in the shared folder only";
    const auto source = open_file(*recording_.wav);
    signal_ = decode_wav(*source, {}, control_).signal;
    analysis_ = analyse(signal_, librosa_options(), nullptr, reducer_, control_);
  }

  Recording recording_;
  Reducer reducer_{2};
  RunControl control_;
  Signal signal_;
  Analysis analysis_;
};

TEST_P(Librosa, TheFactorsAreScikitLearns) {
  EXPECT_EQ(analysis_.w.rows(), 1025);
  EXPECT_EQ(analysis_.h.cols(), recording_.frames);
  EXPECT_EQ(analysis_.iterations, recording_.iterations);
  EXPECT_NEAR(std::sqrt(2 * analysis_.objective.back()), recording_.error, 1e-4);
  std::vector<Index> peaks;
  for (const auto& component : analysis_.components) peaks.push_back(component.peak_bin);
  EXPECT_EQ(peaks, recording_.peak_bins);

  const Arrays in_double(*recording_.in_double);
  EXPECT_TRUE(test::matrices_close(analysis_.w, in_double.matrix("W"), 1e-6));
  EXPECT_TRUE(test::matrices_close(analysis_.h, in_double.matrix("H"), 1e-6));
  if (!recording_.in_float) return;
  // The run in float32 lies 8e-5 from the one in double.
  const Arrays in_float(*recording_.in_float);
  EXPECT_TRUE(test::matrices_close(analysis_.w, in_float.matrix("W"), 2e-4));
  EXPECT_TRUE(test::matrices_close(analysis_.h, in_float.matrix("H"), 2e-4));
}

TEST_P(Librosa, PartsMixAndResidualAreTheNotebooks) {
  if (!recording_.in_float) GTEST_SKIP() << "the reference is in the shared folder only";
  const Arrays reference(*recording_.in_float);
  const Matrix<float> parts = reference.matrix_float("parts_0_3_5");
  const std::vector<double> mix = reference.vector("mix");
  double worst_part = 0, worst_mix = 0, residual = 0, energy = 0;
  Index covered = 0;
  resynthesise(signal_, analysis_, reducer_, control_, [&](const PartsBlock& block) {
    EXPECT_EQ(block.first_sample, covered);
    covered += block.count;
    const Index rows[] = {0, 3, 5};
    for (Index i = 0; i < block.count; ++i) {
      const Index at = block.first_sample + i;
      double sum = 0;
      for (const auto& part : block.parts) sum += static_cast<double>(part(i, 0));
      for (Index p = 0; p < 3; ++p) {
        worst_part = std::max(worst_part, std::abs(static_cast<double>(block.parts[rows[p]](i, 0)) -
                                                   static_cast<double>(parts(p, at))));
      }
      worst_mix = std::max(worst_mix, std::abs(sum - mix[at]));
      const double x = signal_.samples(at, 0);
      residual += (x - sum) * (x - sum);
      energy += x * x;
    }
  });
  EXPECT_EQ(covered, signal_.num_samples());
  EXPECT_LT(worst_part, 1e-5);
  EXPECT_LT(worst_mix, 1e-5);
  EXPECT_NEAR(10 * std::log10(residual / energy), recording_.residual_db, 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Recordings, Librosa, testing::Values("conga", "tabla"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace partwise
