#pragma once
#include <span>
#include <string_view>

namespace partwise::program {

/// The word that `typed` was probably meant to be: one that it begins, or the one with the fewest
/// letters wrong, missing, too many or swapped; "" if none is near.
[[nodiscard]] std::string_view nearest(std::string_view typed,
                                       std::span<const std::string_view> words);

}  // namespace partwise::program
