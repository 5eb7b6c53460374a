#pragma once
#include <partwise/error.hpp>
#include <span>

namespace partwise::program {

/// The exit code where files failed, and not all for the same reason.
inline constexpr int kFailedForSeveralReasons = 1;

/// Of a command that went on where a file failed: 0 if none did, the reason that all failures
/// share, or kFailedForSeveralReasons.
[[nodiscard]] int exit_code_of(std::span<const ErrorCode> failures);

}  // namespace partwise::program
