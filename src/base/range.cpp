#include <charconv>
#include <cstdint>
#include <partwise/range.hpp>
#include <type_traits>

namespace partwise {
namespace {

std::string text_of(std::int64_t value) { return std::to_string(value); }

/// Whole numbers in digits up to a million, others as short as they read back: 1e9, 0.1.
std::string text_of(double value) {
  constexpr double kMostInDigits = 1e6;
  char text[32];
  const bool in_digits = value <= kMostInDigits && value >= -kMostInDigits;
  const auto format = in_digits ? std::chars_format::fixed : std::chars_format::scientific;
  std::string out(text, std::to_chars(text, text + sizeof text, value, format).ptr);
  if (const auto exponent = out.find("e+"); exponent != std::string::npos) {
    out.erase(exponent + 1, out[exponent + 2] == '0' ? 2 : 1);  // 1e+09
  }
  return out;
}

}  // namespace

template <class T>
std::string Range<T>::text() const {
  const std::string least = text_of(min), most = text_of(max);
  if (min_is_open || max_is_open) {
    return (min_is_open ? "more than " + least : least + " or more") +
           (max_is_open ? ", below " : ", at most ") + most;
  }
  if (std::is_integral_v<T> && max - min == 1) return least + " or " + most;
  return least + ".." + most;
}

template struct Range<Index>;
template struct Range<double>;

}  // namespace partwise
