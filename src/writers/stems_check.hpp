#pragma once
#include <writers/output.hpp>

namespace partwise {

/// Can the container hold this rate and number of channels, and is there room for the tracks?
/// Throws Error(usage), Error(cannot_write).
void check_stems(const RunOptions& options, const RunPlan& plan);

}  // namespace partwise
