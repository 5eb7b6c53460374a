#include <cmath>
#include <formats/encode_checks.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>

namespace partwise {

std::uint32_t check_encode_spec(const EncodeSpec& spec, const std::string& container,
                                Index max_channels, double max_rate_hz) {
  const double rate = spec.sample_rate_hz;
  if (!(rate >= 1 && rate <= max_rate_hz) || rate != std::floor(rate)) {
    throw bad_argument("sample_rate_hz", rate,
                       "a whole number in 1.." + number_text(max_rate_hz) + " for " + container);
  }
  if (spec.num_channels < 1 || spec.num_channels > max_channels) {
    throw bad_argument("num_channels", spec.num_channels,
                       "1.." + std::to_string(max_channels) + " for " + container);
  }
  if (spec.num_samples < 0) {
    throw bad_argument("num_samples", spec.num_samples, "[0, inf)");
  }
  return static_cast<std::uint32_t>(rate);
}

void SampleBudget::take(MatrixView<const float> samples) {
  if (samples.cols != spec_.num_channels || samples.rows > spec_.num_samples - taken_) {
    throw Error(ErrorCode::internal, "samples [" + std::to_string(samples.rows) + " x " +
                                         std::to_string(samples.cols) +
                                         "], the encoder expected at most [" +
                                         std::to_string(spec_.num_samples - taken_) + " x " +
                                         std::to_string(spec_.num_channels) + "]");
  }
  taken_ += samples.rows;
}

void SampleBudget::check_complete() const {
  if (taken_ == spec_.num_samples) return;
  throw Error(ErrorCode::internal, "the encoder was given " + std::to_string(taken_) +
                                       " samples, expected " + std::to_string(spec_.num_samples));
}

}  // namespace partwise
