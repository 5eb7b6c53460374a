#include <partwise/audio_file.hpp>

namespace partwise {

Signal to_mono(const Signal& signal) {
  Signal out;
  out.sample_rate_hz = signal.sample_rate_hz;
  out.samples = Matrix<float>(signal.num_samples(), signal.num_channels() > 0 ? 1 : 0);
  const auto count = static_cast<float>(signal.num_channels());
  for (Index i = 0; i < out.samples.rows() && out.samples.cols() > 0; ++i) {
    float sum = signal.samples(i, 0);
    for (Index c = 1; c < signal.num_channels(); ++c) sum += signal.samples(i, c);
    out.samples(i, 0) = sum / count;
  }
  return out;
}

}  // namespace partwise
