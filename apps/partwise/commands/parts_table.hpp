#pragma once
#include <cstddef>
#include <partwise/outputs.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// The parts, one a line under a heading. What does not fit into so many columns is left out: the
/// level first, then the onset, the note, the share; then names are cut.
[[nodiscard]] std::string parts_table(const std::vector<WrittenPart>& parts, std::size_t columns,
                                      bool colour);

/// printf's "%.*f"; a dash for what is not a number.
[[nodiscard]] std::string fixed(double value, int decimals);

}  // namespace partwise::program
