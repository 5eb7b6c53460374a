#pragma once
#include <functional>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>

#include "commands/decompose_file.hpp"

namespace partwise::program {

/// Does `work` while showing how far it is, then tells what was found: warnings, and the table or,
/// with --json, the summary.
void show_one(const RunOptions& options, RunControl& control,
              const std::function<FinishedRun()>& work);

}  // namespace partwise::program
