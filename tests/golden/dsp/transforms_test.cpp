// librosa 0.10.2's stft, istft and amplitude_to_db.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/audio_file.hpp>
#include <partwise/decibels.hpp>
#include <partwise/stft.hpp>
#include <string>
#include <support/compare.hpp>
#include <support/reference.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

using test::Arrays;
using test::data_path;

Matrix<std::complex<float>> spectra(const Arrays& arrays, const std::string& name) {
  const Matrix<float> re = arrays.matrix_float(name + "_re");
  const Matrix<float> im = arrays.matrix_float(name + "_im");
  Matrix<std::complex<float>> out(re.rows(), re.cols());
  for (Index c = 0; c < out.cols(); ++c) {
    for (Index r = 0; r < out.rows(); ++r) out(r, c) = {re(r, c), im(r, c)};
  }
  return out;
}

std::vector<float> samples(const Arrays& arrays, const std::string& name) {
  const std::vector<double> values = arrays.vector(name);
  return {values.begin(), values.end()};
}

/// Counts values that are not the same float, and the largest difference by frame, as a share of
/// the frame's largest magnitude.
struct Difference {
  Index unequal = 0;
  Index values = 0;
  double of_frame_peak = 0;
};

Difference difference(MatrixView<const std::complex<float>> a,
                      MatrixView<const std::complex<float>> b) {
  Difference d;
  for (Index t = 0; t < b.cols; ++t) {
    double peak = 0, worst = 0;
    for (Index f = 0; f < b.rows; ++f) {
      peak = std::max(peak, std::abs(std::complex<double>(b(f, t))));
    }
    // A true zero comes out as noise of double: -300 dB.
    const auto unequal = [&](float x, float y) {
      return x != y && std::max(std::abs(x), std::abs(y)) > 1e-15 * peak;
    };
    for (Index f = 0; f < b.rows; ++f) {
      d.values += 2;
      d.unequal += unequal(a(f, t).real(), b(f, t).real());
      d.unequal += unequal(a(f, t).imag(), b(f, t).imag());
      worst =
          std::max(worst, std::abs(std::complex<double>(a(f, t)) - std::complex<double>(b(f, t))));
    }
    if (peak > 0) d.of_frame_peak = std::max(d.of_frame_peak, worst / peak);
  }
  return d;
}

struct Case {
  Index num_samples;
  StftOptions options;
  std::string name;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const Index n : {1, 511, 2048, 5000}) {
    for (const StftOptions& o :
         {StftOptions{2048, 512}, StftOptions{1024, 256}, StftOptions{512, 100},
          StftOptions{1000, 250}, StftOptions{441, 147}}) {
      all.push_back({n, o,
                     "n" + std::to_string(n) + "_fft" + std::to_string(o.n_fft) + "_hop" +
                         std::to_string(o.hop_length)});
    }
  }
  return all;
}

class GoldenTransforms : public ::testing::Test {
 protected:
  Arrays arrays_{data_path("transforms.npz")};
};

TEST_F(GoldenTransforms, InDoubleIsLibrosasStftButForTheLastBitOfRareValues) {
  Index unequal = 0, values = 0;
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    const auto expected = spectra(arrays_, c.name + "_S");
    const auto ours = stft<double>(samples(arrays_, c.name + "_x"), c.options);
    ASSERT_EQ(ours.cols(), expected.cols());
    ASSERT_EQ(ours.rows(), expected.rows());
    const Difference d = difference(ours, expected);
    EXPECT_LE(d.of_frame_peak, 6e-8);  // half an ulp of float, of the frame's largest value
    unequal += d.unequal;
    values += d.values;
  }
  RecordProperty("unequal", static_cast<int>(unequal));
  RecordProperty("values", static_cast<int>(values));
  // Two good FFTs in double differ in the last bit of one rounded value in some ten thousand.
  EXPECT_LE(unequal * 10000, values) << unequal << " of " << values;
}

TEST_F(GoldenTransforms, InFloatIsLibrosasStftWithin5e7OfTheFramesPeak) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    const auto ours = stft<float>(samples(arrays_, c.name + "_x"), c.options);
    EXPECT_LE(difference(ours, spectra(arrays_, c.name + "_S")).of_frame_peak, 5e-7);
  }
}

TEST_F(GoldenTransforms, BackIsLibrosasIstft) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    const auto spectrum = spectra(arrays_, c.name + "_S");
    const std::vector<float> expected = samples(arrays_, c.name + "_y");
    const auto in_double = istft<double>(spectrum, c.options, c.num_samples);
    const auto in_float = istft<float>(spectrum, c.options, c.num_samples);
    // librosa adds up frames in float; its own round trip is off by 2e-7, -134 dB.
    EXPECT_LE(test::difference_db(in_double, expected), -128);
    EXPECT_LE(test::difference_db(in_float, expected), -125);
  }
}

class GoldenTabla : public ::testing::Test {
 protected:
  Arrays arrays_{data_path("tabla_spectra.npz")};
};

TEST_F(GoldenTabla, InDoubleHasLibrosasSpectraAndMagnitudes) {
  const auto source = open_file(data_path("tabla.wav"));
  const RunControl control;
  const Signal signal = decode_wav(*source, {}, control).signal;
  const auto expected = spectra(arrays_, "S");
  const auto first = static_cast<Index>(arrays_.scalar("first_frame"));
  Matrix<std::complex<float>> ours(expected.rows(), expected.cols());
  FrameTransform<double>({2048, 512}).forward(signal.samples.view().column_span(0), first, ours);
  const Difference d = difference(ours, expected);
  EXPECT_LE(d.unequal, 4) << "of " << d.values;  // as above: one in ten thousand

  Reducer reducer;
  const auto v = magnitude_spectrogram<double>(signal, {2048, 512}, 1, reducer, control);
  Matrix<float> magnitudes(expected.rows(), expected.cols());
  for (Index t = 0; t < expected.cols(); ++t) {
    for (Index f = 0; f < expected.rows(); ++f) magnitudes(f, t) = std::abs(expected(f, t));
  }
  // 1 ulp of the largest
  EXPECT_TRUE(test::matrices_close(v.view().columns(first, expected.cols()),
                                   MatrixView<const float>(magnitudes), 1.2e-7));
}

TEST_F(GoldenTabla, HasLibrosasDecibels) {
  const auto expected_spectra = spectra(arrays_, "S");
  const Matrix<float> expected = arrays_.matrix_float("S_db");
  Matrix<float> magnitudes(expected.rows(), expected.cols());
  for (Index t = 0; t < expected.cols(); ++t) {
    for (Index f = 0; f < expected.rows(); ++f) magnitudes(f, t) = std::abs(expected_spectra(f, t));
  }
  const Matrix<float> ours = amplitude_to_db(magnitudes);
  double worst = 0;
  for (Index t = 0; t < expected.cols(); ++t) {
    for (Index f = 0; f < expected.rows(); ++f) {
      worst = std::max<double>(worst, std::abs(ours(f, t) - expected(f, t)));
    }
  }
  EXPECT_LE(worst, 1e-5);  // librosa takes the logarithm in float: an ulp of 47 dB is 3.8e-6
}

TEST(GoldenNotebook, HasLibrosasDecibels) {
  const auto wav = test::shared_path("audio/conga_groove.wav");
  const auto npz = test::shared_path("golden/notebook.npz");
  if (!wav || !npz) GTEST_SKIP() << "no shared reference data";
  const auto source = open_file(*wav);
  const RunControl control;
  const Signal signal = decode_wav(*source, {}, control).signal;
  Reducer reducer;
  const auto v = magnitude_spectrogram<double>(signal, {2048, 512}, 1, reducer, control);
  // |S| itself is complex there; its decibels are not, and see every cell 80 dB deep.
  const Matrix<float> expected = Arrays(*npz).matrix_float("S_db");
  const Matrix<float> ours = amplitude_to_db(v);
  ASSERT_EQ(ours.cols(), 188);
  double worst = 0;
  for (Index t = 0; t < expected.cols(); ++t) {
    for (Index f = 0; f < expected.rows(); ++f) {
      worst = std::max<double>(worst, std::abs(ours(f, t) - expected(f, t)));
    }
  }
  EXPECT_LE(worst, 1e-5);  // as above
}

}  // namespace
}  // namespace partwise
