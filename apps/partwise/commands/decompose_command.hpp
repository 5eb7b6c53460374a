#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// Takes every input apart, writes a folder each, tells what was found: a table for one, a line
/// each for several. Returns the exit code: 0, or that of the files that failed (see
/// exit_code_of_all()). What concerns all of them, or the only one, is thrown as Error.
[[nodiscard]] int decompose(const std::vector<std::string>& inputs, RunOptions options,
                            RunControl& control);

}  // namespace partwise::program
