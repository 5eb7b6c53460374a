#include <cmath>
#include <codecs/loudness_meter.hpp>
#include <limits>
#include <new>

namespace partwise {

void LoudnessMeter::Close::operator()(ebur128_state* state) const { ebur128_destroy(&state); }

LoudnessMeter::LoudnessMeter(Index num_channels, double sample_rate_hz) {
  // The shelf of the weighting rises up to some 4 kHz, which must lie below half the rate.
  constexpr double kLeastRateHz = 8000;
  if (sample_rate_hz < kLeastRateHz) return;
  state_.reset(ebur128_init(static_cast<unsigned>(num_channels),
                            static_cast<unsigned long>(std::lround(sample_rate_hz)),
                            EBUR128_MODE_I));
  if (!state_) throw std::bad_alloc();
}

void LoudnessMeter::add(MatrixView<const float> samples) {
  if (!state_) return;
  interleaved_.resize(static_cast<std::size_t>(samples.rows * samples.cols));
  for (Index c = 0; c < samples.cols; ++c) {
    const float* column = samples.column(c);
    for (Index i = 0; i < samples.rows; ++i) interleaved_[i * samples.cols + c] = column[i];
  }
  const auto count = static_cast<std::size_t>(samples.rows);
  if (ebur128_add_frames_float(state_.get(), interleaved_.data(), count) != EBUR128_SUCCESS) {
    throw std::bad_alloc();
  }
}

double LoudnessMeter::lufs() const {
  double lufs = 0;
  const bool known = state_ && ebur128_loudness_global(state_.get(), &lufs) == EBUR128_SUCCESS;
  return known && std::isfinite(lufs) ? lufs : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace partwise
