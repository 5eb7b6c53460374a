#pragma once
#include <partwise/run_options.hpp>
#include <partwise/stored_run.hpp>

namespace partwise {

/// The components of each part when what options.separate.groups (--merge) and options.splits say
/// of the run's parts is done. Throws Error(usage) on numbers that are not there, on a part that is
/// to be both merged and split, and on one that cannot be split.
[[nodiscard]] PartGroups regrouped(const StoredRun& run, const RunOptions& options);

}  // namespace partwise
