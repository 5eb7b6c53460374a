#pragma once
#include <stdexcept>
#include <string>

namespace partwise {

/// What kind of failure it is. The value is the exit code of the program.
enum class ErrorCode {
  usage = 2,           ///< an argument or option is outside its range
  cannot_read = 3,     ///< the input cannot be opened or read
  malformed = 4,       ///< the input is not what it says, not supported, or holds NaN or Inf
  resource_limit = 5,  ///< more memory, time or channels than allowed
  cannot_write = 6,    ///< an output cannot be written
  numerical = 7,       ///< a computation left the finite numbers
  network = 8,         ///< an address cannot be fetched
  internal = 70,       ///< a fault of ours
  stopped = 130,       ///< the caller asked to stop
};

/// The one exception that partwise throws on purpose.
/// The message is one line that names the argument, its value and what would be right:
/// "hop_length = 0, expected 1..2048 (n_fft)".
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace partwise
