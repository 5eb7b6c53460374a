#include "terminal/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <partwise/error.hpp>
#include <string>

namespace partwise::program {
namespace {

/// Writes all of it; false with errno where that fails.
bool write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

[[noreturn]] void refuse_output() {
  throw Error(ErrorCode::cannot_write,
              std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace

void prepare_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) == -1) {
      // Read-only: what is written to it fails instead of vanishing. open() takes the lowest free
      // number, which is this one; should it fail, later writes fail with it.
      [[maybe_unused]] const int opened = ::open("/dev/null", O_RDONLY);
    }
  }
}

void check_standard_output() {
  if ((::fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE) == O_RDONLY) {
    errno = EBADF;
    refuse_output();
  }
}

void write_standard_output(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text)) refuse_output();
}

void write_standard_error(std::string_view text) noexcept { write_all(STDERR_FILENO, text); }

}  // namespace partwise::program
