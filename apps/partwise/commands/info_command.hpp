#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// Tells of each file what sound it holds; where one cannot be read, says so and goes on. Returns
/// the exit code. Throws Error(stopped), Error(cannot_write).
[[nodiscard]] int tell_info(const std::vector<std::string>& inputs, const RunOptions& options,
                            RunControl& control);

}  // namespace partwise::program
