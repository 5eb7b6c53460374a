#pragma once
#include <cstdint>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise {

/// The outline of a track that passes by in blocks: the lowest and highest sample of equal shares
/// of its length.
class OutlineMeter {
 public:
  explicit OutlineMeter(Index num_samples);

  /// The next samples [count x channels].
  void add(MatrixView<const float> samples);

  /// Largest absolute sample so far.
  [[nodiscard]] double peak() const { return static_cast<double>(peak_); }
  /// Low and high of every share, one after the other, as codes of the peak (ReportTrack::outline).
  [[nodiscard]] std::vector<std::int8_t> codes() const;

 private:
  /// The sample that share i begins with.
  [[nodiscard]] Index begin_of(Index i) const { return i * num_samples_ / num_shares_; }

  Index num_samples_, num_shares_;
  Index position_ = 0;  // samples so far
  Index share_ = 0;     // the one that the next sample belongs to
  std::vector<float> lows_, highs_;
  float peak_ = 0;
};

}  // namespace partwise
