#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <span>
#include <string>

namespace partwise::program {

/// Makes the parts of a stored run again, with the options of that run and `given` over them, and
/// tells what was written. Throws Error.
void resynth(const std::string& folder, std::span<const GivenOption> given, RunControl& control);

}  // namespace partwise::program
