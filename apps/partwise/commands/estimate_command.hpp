#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// Tells of each file what taking it apart would take, and writes nothing else. Returns the exit
/// code; errors as tell_each().
[[nodiscard]] int tell_estimate(const std::vector<std::string>& inputs, RunOptions options,
                                RunControl& control);

}  // namespace partwise::program
