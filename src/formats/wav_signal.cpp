#include <cassert>
#include <formats/sample_convert.hpp>
#include <formats/wav_header.hpp>
#include <mutex>
#include <partwise/error.hpp>
#include <partwise/wav_signal.hpp>
#include <utility>
#include <vector>

namespace partwise {
namespace {

class WavSignal final : public SignalSource {
 public:
  explicit WavSignal(std::unique_ptr<ByteSource> bytes)
      : bytes_(std::move(bytes)), layout_(read_wav_layout(*bytes_, find_wav_chunks(*bytes_))) {}

  [[nodiscard]] double sample_rate_hz() const override { return layout_.sample_rate_hz; }
  [[nodiscard]] Index num_channels() const override { return layout_.num_channels; }
  [[nodiscard]] Index num_samples() const override { return layout_.num_samples; }

  [[nodiscard]] MatrixView<const float> read(Index first, Index count,
                                             Matrix<float>& room) const override {
    assert(first >= 0 && count >= 0 && first + count <= num_samples());
    const Index frame_bytes = layout_.num_channels * layout_.bytes_per_sample;
    std::vector<std::byte> interleaved(static_cast<std::size_t>(count * frame_bytes));
    fetch(layout_.data_offset + static_cast<std::uint64_t>(first * frame_bytes), interleaved);
    if (layout_.big_endian) swap_sample_bytes(interleaved, layout_.bytes_per_sample);
    const MatrixView<float> out = room_for(count, layout_.num_channels, room);
    static_cast<void>(decode_samples(layout_.encoding, interleaved, out));
    return out;
  }

 private:
  /// A source of bytes is read by one thread at a time.
  void fetch(std::uint64_t offset, std::span<std::byte> out) const {
    const std::lock_guard lock(mutex_);
    if (bytes_->read_at(offset, out) == out.size()) return;
    throw Error(ErrorCode::cannot_read,
                "cannot read " + bytes_->name() + ": it became shorter while it was read");
  }

  std::unique_ptr<ByteSource> bytes_;
  WavLayout layout_;
  mutable std::mutex mutex_;
};

}  // namespace

std::unique_ptr<SignalSource> wav_signal(std::unique_ptr<ByteSource> bytes) {
  return std::make_unique<WavSignal>(std::move(bytes));
}

}  // namespace partwise
