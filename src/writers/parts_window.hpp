#pragma once
#include <partwise/matrix.hpp>
#include <span>
#include <vector>

namespace partwise {

/// The latest samples of every part: added at the end, dropped at the front.
class PartsWindow {
 public:
  PartsWindow(Index num_parts, Index num_channels);

  /// The next samples of every part, each [count x channels].
  void add(std::span<const MatrixView<const float>> parts);
  /// Forgets what lies before sample `first` of the recording.
  void drop_before(Index first);

  /// Samples [first(), end()) of the recording are held.
  [[nodiscard]] Index first() const { return first_; }
  [[nodiscard]] Index end() const { return first_ + count_; }
  /// Samples [first, end) of a part; they lie in the window.
  [[nodiscard]] MatrixView<const float> samples(Index part, Index first, Index end) const;

 private:
  void make_room(Index count);

  std::vector<Matrix<float>> parts_;  // the first count_ rows are in use
  Index first_ = 0;
  Index count_ = 0;
};

}  // namespace partwise
