#pragma once
#include <partwise/run_control.hpp>
#include <string>

namespace partwise {

// What the program tells other programs: one JSON object a line, here without the line's end.

/// {"stage": "factorize", "share": 0.42, "iteration": 17, "objective": 1234.5, "seconds": 1.25}.
/// `seconds`: since the run began. Stages are called as in the summary's `seconds`; iteration and
/// objective are null outside the factorization.
[[nodiscard]] std::string progress_json(const Progress& progress, double seconds);

}  // namespace partwise
