#pragma once
#include <partwise/run.hpp>

namespace partwise::program {

/// A run whose folder is written.
struct FinishedRun {
  Run run;
  WrittenRun written;
};

/// Analyses and writes an opened run. Throws Error.
[[nodiscard]] FinishedRun finish(Run run, Reducer& reducer, const RunControl& control);

/// Reads the input, separates it, writes the folder options.output. Throws Error.
[[nodiscard]] FinishedRun decompose_file(const RunInput& input, const RunOptions& options,
                                         const RunControl& control);

}  // namespace partwise::program
