#pragma once
#include <string_view>

namespace partwise::program {

/// Makes sure that file descriptors 0, 1 and 2 are taken, so that no output file becomes one of
/// them, and that a closed pipe is an error of write() and not the end of the process.
void prepare_standard_streams();

/// Throws Error(cannot_write) if standard output takes nothing.
void check_standard_output();

/// All of `text` to standard output. Throws Error(cannot_write).
void write_standard_output(std::string_view text);

/// `text` to standard error, as far as it goes. Allocates nothing.
void write_standard_error(std::string_view text) noexcept;

}  // namespace partwise::program
