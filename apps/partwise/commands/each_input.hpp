#pragma once
#include <functional>
#include <partwise/index.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// Prints what `text_of` makes of each input; where one fails, says so and goes on. Returns the
/// exit code. Throws what concerns the only input or all of them: Error(stopped),
/// Error(cannot_write).
[[nodiscard]] int tell_each(const std::vector<std::string>& inputs, const RunOptions& options,
                            RunControl& control,
                            const std::function<std::string(const std::string& input)>& text_of);

/// "0:04.364", "1:02:03.500": to the millisecond.
[[nodiscard]] std::string length_text(double seconds);

/// "1 channel", "2 channels".
[[nodiscard]] std::string counted(Index count, const std::string& what);

}  // namespace partwise::program
