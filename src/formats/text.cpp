#include <array>
#include <charconv>
#include <cmath>
#include <formats/text.hpp>
#include <system_error>

namespace partwise {

std::string number_text(double value) {
  constexpr int kDigits = 6;                            // more would hide the figure that matters
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  std::array<char, 64> buffer{};
  const bool whole = std::abs(value) < kLargestExact && value == std::floor(value);
  const auto result = whole ? std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            static_cast<std::int64_t>(value))
                            : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::general, kDigits);
  return {buffer.data(), result.ptr};
}

std::string fixed_text(double value, int digits) {
  constexpr std::size_t kLongest = 400;  // the largest double has 309 digits before its point
  std::array<char, kLongest> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, digits);
  return {buffer.data(), result.ptr};
}

std::string quoted(std::span<const std::byte> bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "'";
  for (const std::byte byte : bytes) {
    const auto value = std::to_integer<unsigned>(byte);
    if (value >= 0x20 && value < 0x7f) {
      out += static_cast<char>(value);
    } else {
      out += "\\x";
      out += kHex[value >> 4];
      out += kHex[value & 15];
    }
  }
  return out + "'";
}

std::string quoted(std::string_view text) {
  return quoted(std::as_bytes(std::span(text.data(), text.size())));
}

std::string system_text(int error_number) { return std::generic_category().message(error_number); }

}  // namespace partwise
