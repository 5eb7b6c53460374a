#pragma once
#include <span>
#include <writers/output.hpp>

namespace partwise {

/// Every output there is, in the order in which they close and finish, and in which the summary
/// lists their files.
[[nodiscard]] std::span<const OutputSpec> output_table();

/// Throws Error(internal) if an output stands before one whose results it reads, or if two have the
/// same name.
void check_order(std::span<const OutputSpec> table);

/// Runs the checks of the outputs that are wanted.
void check_outputs(std::span<const OutputSpec> table, const RunOptions& options,
                   const RunPlan& plan);

}  // namespace partwise
