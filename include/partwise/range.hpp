#pragma once
#include <partwise/index.hpp>
#include <string>

namespace partwise {

/// The values that a number may have: [min, max], without an end that is open. Checks, the option
/// table, help and messages all read the same range.
template <class T>
struct Range {
  T min{};
  T max{};
  bool min_is_open = false;
  bool max_is_open = false;

  /// NaN is in no range.
  [[nodiscard]] constexpr bool contains(T value) const {
    return (min_is_open ? value > min : value >= min) && (max_is_open ? value < max : value <= max);
  }
  /// "1..4096", "1 or 2", "0 or more, below 1", "more than 0, at most 1e9".
  [[nodiscard]] std::string text() const;
};

}  // namespace partwise
