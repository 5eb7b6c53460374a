#pragma once
#include <cstdint>
#include <dsp/lane_kernels.hpp>
#include <vector>

namespace partwise {

/// The tables of a power of two of samples, computed in double.
template <class T>
class PowerOfTwoPlan {
 public:
  /// n is a power of two, at least kSmallest.
  explicit PowerOfTwoPlan(Index n);

  static constexpr Index kSmallest = 16;

  [[nodiscard]] PowerOfTwoTables<T> tables() const;

 private:
  Index points_;
  std::vector<T> pass_twiddles_;
  std::vector<T> real_twiddles_;
  std::vector<std::int32_t> order_;
};

}  // namespace partwise
