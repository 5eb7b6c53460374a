#pragma once
#include <algorithm>
#include <partwise/matrix.hpp>
#include <span>

namespace partwise {

/// Grows a signal by the samples that really came.
class SampleCollector {
 public:
  /// `expected` samples of one channel fit without growing.
  SampleCollector(Index num_channels, Index expected) : samples_(expected, num_channels) {}

  [[nodiscard]] Index count() const { return count_; }
  [[nodiscard]] Index num_channels() const { return samples_.cols(); }

  /// Appends `count` samples of all channels, interleaved. Returns where they are now.
  MatrixView<float> append(const float* interleaved, Index count) {
    if (count > samples_.rows() - count_) grow(std::max(count_ + count, 2 * samples_.rows()));
    const MatrixView<float> out{samples_.data() + count_, count, samples_.cols(),
                                samples_.stride()};
    for (Index c = 0; c < out.cols; ++c) {
      float* column = out.column(c);
      for (Index i = 0; i < count; ++i) column[i] = interleaved[i * out.cols + c];
    }
    count_ += count;
    return out;
  }

  /// Forgets what came; the room stays.
  void clear() { count_ = 0; }

  /// The signal, of exactly the samples that came.
  [[nodiscard]] Matrix<float> take() {
    if (samples_.rows() != count_) grow(count_);
    return std::move(samples_);
  }

 private:
  void grow(Index rows) {
    Matrix<float> larger(rows, samples_.cols());
    for (Index c = 0; c < samples_.cols(); ++c) {
      std::copy_n(samples_.column(c), count_, larger.column(c));
    }
    samples_ = std::move(larger);
  }

  Matrix<float> samples_;
  Index count_ = 0;
};

}  // namespace partwise
