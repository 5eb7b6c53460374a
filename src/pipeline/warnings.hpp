#pragma once
#include <partwise/decompose.hpp>

#include <string>
#include <vector>

namespace partwise {

/// What a person should know about this result, in words. `asked_start` is the start the caller asked
/// for, before it was resolved.
[[nodiscard]] std::vector<std::string> warnings_about(const Analysis& analysis, Start asked_start);

}  // namespace partwise
