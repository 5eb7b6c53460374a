#pragma once
#include <memory>
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

/// The file of that path, so that one that cannot be opened is told before anything else; null for
/// what is no file. Throws Error(cannot_read).
[[nodiscard]] std::unique_ptr<ByteSource> open_if_file(const std::string& input);

/// Reads `input`, which `opened` is if it is a file, and hashes it beside. Throws Error, also where
/// the run would take more memory than options.max_memory_bytes.
[[nodiscard]] Input read_input(const std::string& input, std::unique_ptr<ByteSource> opened,
                               const RunOptions& options, Reducer& reducer,
                               const RunControl& control);

}  // namespace partwise::program
