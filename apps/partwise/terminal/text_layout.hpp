#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace partwise::program {

/// What fits the narrowest usual terminal.
inline constexpr std::size_t kTextColumns = 80;

/// For what is no terminal: nothing is broken.
inline constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);

/// `text` in lines of at most `columns`, broken at spaces; a word that is longer stays whole. Line
/// ends of the text stay.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

/// The wrapped lines, each behind `indent` spaces and ended.
[[nodiscard]] std::string paragraph(std::string_view text, std::size_t indent,
                                    std::size_t columns = kTextColumns);

/// A term and, from column `indent` on, what it means; on the next line where the term is too long.
[[nodiscard]] std::string definition(std::string_view term, std::string_view meaning,
                                     std::size_t indent, std::size_t columns = kTextColumns);

}  // namespace partwise::program
