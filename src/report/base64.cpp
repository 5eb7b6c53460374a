#include <array>
#include <cstring>
#include <report/base64.hpp>

namespace partwise::report {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The two characters of every twelve bits: half as many look-ups as one by one.
constexpr auto kPairs = [] {
  std::array<std::array<char, 2>, 4096> pairs{};
  for (std::size_t bits = 0; bits < pairs.size(); ++bits) {
    pairs[bits] = {kAlphabet[bits >> 6], kAlphabet[bits & 63U]};
  }
  return pairs;
}();

/// Four characters of six bits each from the lower 24 bits.
void put_group(char* out, unsigned bits) {
  std::memcpy(out, kPairs[bits >> 12].data(), 2);
  std::memcpy(out + 2, kPairs[bits & 4095U].data(), 2);
}

unsigned value(std::byte b, int shift) { return std::to_integer<unsigned>(b) << shift; }

}  // namespace

void append_base64(std::string& out, std::span<const std::byte> bytes) {
  const auto start = out.size();
  out.resize(start + static_cast<std::size_t>(base64_length(bytes.size())));
  char* to = out.data() + start;
  const std::size_t whole = bytes.size() / 3 * 3;
  for (std::size_t i = 0; i < whole; i += 3, to += 4) {
    put_group(to, value(bytes[i], 16) | value(bytes[i + 1], 8) | value(bytes[i + 2], 0));
  }
  const std::size_t left = bytes.size() - whole;
  if (left == 0) return;
  put_group(to, value(bytes[whole], 16) | (left == 2 ? value(bytes[whole + 1], 8) : 0U));
  to[3] = '=';
  if (left == 1) to[2] = '=';
}

}  // namespace partwise::report
