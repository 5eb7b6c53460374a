#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// Reads `input`, takes it apart, writes the folder, tells what was found. A start from a file
/// decides the number of components unless `components_given`. Throws Error.
void decompose(const std::string& input, RunOptions options, bool components_given,
               RunControl& control);

}  // namespace partwise::program
