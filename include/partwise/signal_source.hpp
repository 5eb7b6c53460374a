#pragma once
#include <cassert>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/signal.hpp>

namespace partwise {

/// Sound that is read a range at a time: from memory, a file, or whatever else holds samples.
/// Several threads may read at once.
class SignalSource {
 public:
  virtual ~SignalSource() = default;

  [[nodiscard]] virtual double sample_rate_hz() const = 0;  ///< [1e3, 1e6]
  [[nodiscard]] virtual Index num_channels() const = 0;
  [[nodiscard]] virtual Index num_samples() const = 0;  ///< of one channel

  /// Samples [first, first + count) of all channels as a view [count x num_channels], full scale
  /// is [-1, 1]. 0 <= first, count and first + count <= num_samples(). A source that holds its
  /// samples gives a view of them; others fill `room`, which they make larger if needed, and give
  /// a view of that. Throws Error(cannot_read).
  [[nodiscard]] virtual MatrixView<const float> read(Index first, Index count,
                                                     Matrix<float>& room) const = 0;

  [[nodiscard]] double seconds() const {
    return sample_rate_hz() > 0 ? static_cast<double>(num_samples()) / sample_rate_hz() : 0;
  }
};

/// A signal in memory as a source: read() copies nothing. Valid as long as the signal.
class MemorySignal final : public SignalSource {
 public:
  explicit MemorySignal(const Signal& signal) : signal_(signal) {}

  [[nodiscard]] double sample_rate_hz() const override { return signal_.sample_rate_hz; }
  [[nodiscard]] Index num_channels() const override { return signal_.num_channels(); }
  [[nodiscard]] Index num_samples() const override { return signal_.num_samples(); }
  [[nodiscard]] MatrixView<const float> read(Index first, Index count,
                                             Matrix<float>& /*room*/) const override {
    assert(first >= 0 && count >= 0 && first + count <= num_samples());
    return {signal_.samples.data() + first, count, signal_.num_channels(),
            signal_.samples.stride()};
  }

 private:
  const Signal& signal_;
};

/// `room` as a view [count x channels], larger than before if it must be. For sources that fill it.
[[nodiscard]] inline MatrixView<float> room_for(Index count, Index channels, Matrix<float>& room) {
  if (room.rows() < count || room.cols() != channels) room = Matrix<float>(count, channels);
  return {room.data(), count, channels, room.stride()};
}

}  // namespace partwise
