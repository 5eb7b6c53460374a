#include <algorithm>
#include <base/utf8.hpp>

namespace partwise {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

/// The Unicode Standard, table 3-7: first bytes, how long their characters are, and what may follow
/// first. Every later byte is 80..BF. Shortest forms only, no surrogates, at most U+10FFFF.
struct Row {
  unsigned last_first_byte;
  std::size_t length;  // 0: no character begins so
  unsigned least_second, most_second;
};
constexpr Row kWellFormed[] = {{0x7F, 1, 0, 0},       {0xC1, 0, 0, 0},       {0xDF, 2, 0x80, 0xBF},
                               {0xE0, 3, 0xA0, 0xBF}, {0xEC, 3, 0x80, 0xBF}, {0xED, 3, 0x80, 0x9F},
                               {0xEF, 3, 0x80, 0xBF}, {0xF0, 4, 0x90, 0xBF}, {0xF3, 4, 0x80, 0xBF},
                               {0xF4, 4, 0x80, 0x8F}, {0xFF, 0, 0, 0}};

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

}  // namespace

Utf8Character decode_utf8(std::string_view text, std::size_t i) {
  const unsigned first = byte_at(text, i);
  if (first < 0x80) return {first, 1, true};
  const Row& row = *std::ranges::lower_bound(kWellFormed, first, {}, &Row::last_first_byte);
  if (row.length == 0) return {kReplacement, 1, false};
  std::uint32_t value = first & (0x7FU >> row.length);
  for (std::size_t k = 1; k < row.length; ++k) {
    const unsigned least = k == 1 ? row.least_second : 0x80;
    const unsigned most = k == 1 ? row.most_second : 0xBF;
    if (i + k >= text.size() || byte_at(text, i + k) < least || byte_at(text, i + k) > most) {
      return {kReplacement, k, false};
    }
    value = value << 6 | (byte_at(text, i + k) & 0x3FU);
  }
  return {value, row.length, true};
}

std::size_t utf8_length(std::string_view text, std::size_t i) {
  const Utf8Character character = decode_utf8(text, i);
  return character.is_valid ? character.length : 0;
}

bool is_control_character(std::string_view text, std::size_t i, std::size_t length) {
  const unsigned first = byte_at(text, i);
  if (length == 1) return first < 0x20 || first == 0x7F;
  return length == 2 && first == 0xC2 && byte_at(text, i + 1) < 0xA0;  // U+0080..U+009F
}

}  // namespace partwise
