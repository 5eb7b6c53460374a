#pragma once
#include <writers/output.hpp>

namespace partwise {

/// Fills in what follows from the tracks and events of a run: its parts, the level of the residual,
/// and all warnings.
void describe_run(const RunContext& context, RunResults& results);

}  // namespace partwise
