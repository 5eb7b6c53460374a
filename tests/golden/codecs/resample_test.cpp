#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <partwise/audio_file.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

TEST(ResampleGolden, GivesLibrosasSamples) {
  const test::Arrays arrays(test::data_path("resample.npz"));
  const std::vector<double> x = arrays.vector("x"), y = arrays.vector("y");
  Signal in;
  in.sample_rate_hz = 44100;
  in.samples = Matrix<float>(static_cast<Index>(x.size()), 1);
  std::transform(x.begin(), x.end(), in.samples.column(0),
                 [](double value) { return static_cast<float>(value); });
  const Signal out = resample(in, 22050);
  ASSERT_EQ(out.num_samples(), static_cast<Index>(y.size()));
  double worst = 0;
  Index differing = 0;
  for (Index i = 0; i < out.num_samples(); ++i) {
    const double difference =
        std::abs(static_cast<double>(out.samples(i, 0)) - y[static_cast<std::size_t>(i)]);
    worst = std::max(worst, difference);
    if (difference != 0) ++differing;
  }
  RecordProperty("samples_that_differ", static_cast<int>(differing));
  // The same recipe and library: to the bit where it uses the same instructions, and within float
  // rounding (the peak is 0.7) where it does not.
  EXPECT_LE(worst, 1.2e-7) << differing << " samples differ";
}

}  // namespace
}  // namespace partwise
