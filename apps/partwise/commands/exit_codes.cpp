#include "commands/exit_codes.hpp"

#include <algorithm>

namespace partwise::program {

int exit_code_of(std::span<const ErrorCode> failures) {
  if (failures.empty()) return 0;
  const bool same =
      std::ranges::all_of(failures, [&](ErrorCode code) { return code == failures.front(); });
  return same ? static_cast<int>(failures.front()) : kFailedForSeveralReasons;
}

}  // namespace partwise::program
