#pragma once
#include <partwise/decompose.hpp>
#include <partwise/run_options.hpp>

namespace partwise {

/// Refuses what RunOptions::only cannot be before any work: a number beyond the parts that there
/// may be, a part that stands twice, and, where parts get no names from their sound, a name that
/// nobody gave. Throws Error(usage).
void check_selection(const RunOptions& options);

/// Keeps the parts that options.only names, by name or by number, and makes one part "rest" of all
/// others, so that the parts still add up. Kept parts keep their names and the numbers in the names
/// of their files. Does nothing where options.only is empty. Throws Error(usage) on a part that is
/// not there.
void select_parts(const RunOptions& options, Analysis& analysis);

}  // namespace partwise
