#include <algorithm>
#include <base/utf8.hpp>
#include <formats/tag_text.hpp>

namespace partwise {
namespace {

// A title has tens of bytes. What is longer (lyrics, a picture as text) is not for a table.
constexpr std::size_t kMostTagBytes = 1000;

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string from_latin1(std::string_view bytes) {
  constexpr unsigned kAscii = 0x80, kLeadByte = 0xc0, kContinuation = 0x80;
  std::string out;
  for (const char c : bytes) {
    const unsigned value = static_cast<unsigned char>(c);
    if (value < kAscii) {
      out += c;
    } else {
      out += static_cast<char>(kLeadByte | (value >> 6));
      out += static_cast<char>(kContinuation | (value & 0x3f));
    }
  }
  return out;
}

/// Blanks and control characters become one space between words, none around them.
std::string as_one_line(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (text[i] == ' ' || is_control_character(text, i, length)) {
      gap = true;
    } else {
      const bool with_space = gap && !out.empty();
      if (out.size() + length + (with_space ? 1 : 0) > kMostTagBytes) break;
      if (with_space) out += ' ';
      out += text.substr(i, length);
      gap = false;
    }
    i += length;
  }
  return out;
}

}  // namespace

std::string tag_text(std::string_view bytes) {
  // Four times what is kept: enough for any text with blanks in it, little to look at.
  constexpr std::size_t kMostLookedAt = 4 * kMostTagBytes;
  std::string_view text = bytes.substr(0, bytes.find('\0'));
  if (text.size() > kMostLookedAt) {
    std::size_t end = kMostLookedAt;
    constexpr unsigned kContinuationMask = 0xc0, kContinuation = 0x80;
    const auto inside_character = [&] {
      return (static_cast<unsigned char>(text[end]) & kContinuationMask) == kContinuation;
    };
    for (int i = 0; i < 3 && inside_character(); ++i) --end;
    text = text.substr(0, end);
  }
  return is_utf8(text) ? as_one_line(text) : as_one_line(from_latin1(text));
}

}  // namespace partwise
