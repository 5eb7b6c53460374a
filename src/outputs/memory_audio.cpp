#include <algorithm>
#include <cstring>
#include <outputs/memory_audio.hpp>
#include <partwise/audio_file.hpp>
#include <utility>
#include <vector>

namespace partwise {
namespace {

constexpr std::uint64_t kHeaderBytes = 80;  // of a float WAV, at most

class MemorySink : public ByteSink {
 public:
  void write(std::span<const std::byte> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void finish() override {}
  std::vector<std::byte> take() { return std::move(bytes_); }
  void reserve(std::uint64_t bytes) { bytes_.reserve(bytes); }

 private:
  std::vector<std::byte> bytes_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    if (offset >= bytes_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(out.size(), bytes_.size() - offset);
    std::memcpy(out.data(), bytes_.data() + offset, count);
    return count;
  }
  [[nodiscard]] std::string name() const override { return "input.wav"; }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace

std::uint64_t encoded_bytes(const Signal& signal) {
  return kHeaderBytes +
         sizeof(float) * static_cast<std::uint64_t>(signal.num_samples() * signal.num_channels());
}

std::unique_ptr<ByteSource> encode_in_memory(const Signal& signal) {
  MemorySink sink;
  sink.reserve(encoded_bytes(signal));
  const auto encoder = wav_container().make_encoder(
      sink,
      {signal.sample_rate_hz, signal.num_channels(), signal.num_samples(), SampleFormat::float32});
  encoder->write(signal.samples);
  encoder->finish();
  return std::make_unique<MemorySource>(sink.take());
}

}  // namespace partwise
