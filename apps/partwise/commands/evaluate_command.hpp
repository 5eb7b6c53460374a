#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// Scores what is in one folder against what is in the other and tells of it. Of several recordings
/// the others go on where one fails. Returns the exit code. Throws Error.
[[nodiscard]] int evaluate(const std::string& references, const std::string& estimates,
                           const RunOptions& options, RunControl& control);

}  // namespace partwise::program
