#pragma once
#include <partwise/decompose.hpp>
#include <string>
#include <vector>

namespace partwise {

/// What a person should know about this result, in words. `asked` are the options as the caller
/// gave them, before they were resolved.
[[nodiscard]] std::vector<Message> warnings_about(const Analysis& analysis,
                                                  const FactorizeOptions& asked);

}  // namespace partwise
