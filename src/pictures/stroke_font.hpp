#pragma once
#include <string_view>

namespace partwise::pictures {

/// One character: how far the next is, and its strokes (stroke_font.cpp says how they are written).
struct Glyph {
  double advance;
  std::string_view path;
};

inline constexpr double kCapitalHeight = 10;  ///< of a glyph's own units

/// Printable ASCII; any other byte is a question mark.
[[nodiscard]] const Glyph& glyph_of(char c);

}  // namespace partwise::pictures
