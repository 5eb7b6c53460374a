#pragma once
#include <string>
#include <writers/output.hpp>

namespace partwise {

/// What the outputs of a run are given. `folder` is where `staged` will appear. All arguments must
/// outlive it.
[[nodiscard]] RunContext make_run_context(const RunToWrite& run, StagedFolder& staged,
                                          const std::string& folder, Reducer& reducer,
                                          const RunControl& control);

}  // namespace partwise
