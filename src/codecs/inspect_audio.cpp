#include <algorithm>
#include <cmath>
#include <codecs/loudness_meter.hpp>
#include <optional>
#include <partwise/audio_inspect.hpp>

namespace partwise {
namespace {

class Inspection {
 public:
  void add(const SoundBlock& block) {
    const MatrixView<const float>& samples = block.samples;
    if (!loudness_) loudness_.emplace(samples.cols, block.sample_rate_hz);
    loudness_->add(samples);
    largest_.assign(static_cast<std::size_t>(samples.rows), 0.0F);
    for (Index c = 0; c < samples.cols; ++c) {
      const float* column = samples.column(c);
      for (Index i = 0; i < samples.rows; ++i) {
        largest_[i] = std::max(largest_[i], std::abs(column[i]));
      }
    }
    for (const float value : largest_) add(value);
  }

  [[nodiscard]] AudioMeasures result() const {
    AudioMeasures measures = measures_;
    measures.loudness_lufs = loudness_ ? loudness_->lufs() : std::nan("");
    return measures;
  }

 private:
  /// One sample, of which `value` is the largest absolute one of all channels.
  void add(float value) {
    const bool is_silent = value == 0.0F;
    measures_.peak = std::max(measures_.peak, static_cast<double>(value));
    measures_.silent_samples += is_silent ? 1 : 0;
    measures_.trailing_silence = is_silent ? measures_.trailing_silence + 1 : 0;
    begun_ = begun_ || !is_silent;
    measures_.leading_silence += begun_ ? 0 : 1;
  }

  AudioMeasures measures_;
  std::optional<LoudnessMeter> loudness_;
  std::vector<float> largest_;
  bool begun_ = false;
};

}  // namespace

InspectedAudio inspect_audio(ByteSource& source, const RunControl& control,
                             const DecodeRules& rules) {
  Inspection inspection;
  InspectedAudio out;
  out.info =
      stream_audio(source, control, rules, [&](const SoundBlock& block) { inspection.add(block); });
  out.measures = inspection.result();
  return out;
}

}  // namespace partwise
