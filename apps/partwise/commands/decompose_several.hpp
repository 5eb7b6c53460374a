#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// Takes inputs[i] apart into folders[i], for all i, several at a time where there are at least as
/// many as threads, and tells a line each; the others go on when one fails. Returns the exit code:
/// 0, the failures' own where they share it, else 1 (exit_code_of()). Throws
/// Error(stopped), Error(cannot_write).
[[nodiscard]] int decompose_several(const std::vector<std::string>& inputs,
                                    const std::vector<std::string>& folders,
                                    const RunOptions& options, const RunControl& control);

}  // namespace partwise::program
