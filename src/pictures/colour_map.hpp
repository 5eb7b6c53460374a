#pragma once
#include <partwise/picture.hpp>
#include <pictures/canvas.hpp>

namespace partwise::pictures {

/// share in [0, 1], from quiet to loud.
[[nodiscard]] Colour colour_at(ColourMap map, double share);

/// Of part k: the hues of the page.
[[nodiscard]] Colour colour_of_part(Index k);

}  // namespace partwise::pictures
