#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace partwise::program {

[[nodiscard]] bool is_terminal(int descriptor);

/// How many letters fit in a line of the terminal; what is usual where it does not say.
[[nodiscard]] std::size_t terminal_columns(int descriptor);

/// Is the descriptor a terminal that shows colours to somebody who wants them? NO_COLOR, set and
/// not empty, means none (https://no-color.org); so does TERM=dumb.
[[nodiscard]] bool shows_colour(int descriptor);

enum class Colour { red, yellow, cyan, bold };

/// `text`, in that colour if `wanted`.
[[nodiscard]] std::string painted(std::string_view text, Colour colour, bool wanted);

}  // namespace partwise::program
