#pragma once
#include <cstdint>
#include <partwise/outputs.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// A recording, decoded, mixed and resampled as the options ask.
struct Input {
  Signal signal;
  InputFacts facts;
};

/// Reads `source` and hashes it beside; `held_bytes` of memory are the source itself. Throws Error.
[[nodiscard]] Input read_input(const std::string& name, ByteSource& source,
                               std::uint64_t held_bytes, const RunOptions& options,
                               Reducer& reducer, const RunControl& control);

}  // namespace partwise::program
