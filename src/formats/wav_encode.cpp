#include <algorithm>
#include <array>
#include <bit>
#include <formats/decode_checks.hpp>
#include <formats/encode_checks.hpp>
#include <formats/sample_convert.hpp>
#include <formats/wav_header_write.hpp>
#include <partwise/audio_file.hpp>
#include <span>
#include <vector>

namespace partwise {
namespace {

class WavEncoder final : public AudioEncoder {
 public:
  WavEncoder(ByteSink& sink, const EncodeSpec& spec) : sink_(sink), spec_(spec), budget_(spec) {
    check_encode_spec(spec, "WAV", kMaxChannels, kSampleRateRange.max);
    sink_.write(wav_header_bytes(spec));
  }

  void write(MatrixView<const float> samples) override {
    // Small enough that a block is still in the cache when the sink hashes it.
    constexpr Index kWriteBlockSamples = 8192;
    budget_.take(samples);
    for (Index done = 0; done < samples.rows; done += kWriteBlockSamples) {
      const Index count = std::min(kWriteBlockSamples, samples.rows - done);
      encode_samples(spec_.sample_format,
                     {samples.data + done, count, samples.cols, samples.stride}, bytes_);
      sink_.write(bytes_);
    }
  }

  std::span<const std::byte> take_as_bytes(MatrixView<const float> samples) override {
    if (!is_its_own_encoding(samples)) return {};
    budget_.take(samples);
    return std::as_bytes(samples.column_span(0));
  }

  void finish() override {
    budget_.check_complete();
    if (wav_needs_padding(spec_)) sink_.write(std::array{std::byte{0}});
    sink_.finish();
  }

 private:
  /// Floats of one channel lie in memory as they do in the file.
  [[nodiscard]] bool is_its_own_encoding(MatrixView<const float> samples) const {
    return std::endian::native == std::endian::little && samples.cols == 1 &&
           spec_.sample_format == SampleFormat::float32;
  }

  ByteSink& sink_;
  EncodeSpec spec_;
  SampleBudget budget_;
  std::vector<std::byte> bytes_;
};

}  // namespace

Container wav_container() {
  return {"wav", [](ByteSink& sink, const EncodeSpec& spec) -> std::unique_ptr<AudioEncoder> {
            return std::make_unique<WavEncoder>(sink, spec);
          }};
}

}  // namespace partwise
