#pragma once
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// Draws the spectrogram of `input` as the options ask. Throws Error.
void spectrogram(const std::string& input, const RunOptions& options, RunControl& control);

}  // namespace partwise::program
