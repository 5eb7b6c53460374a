#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <disk/file_source.hpp>
#include <disk/spool.hpp>
#include <formats/text.hpp>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>

namespace partwise {
namespace {

constexpr const char* kName = "standard input";

[[noreturn]] void throw_cannot_read(const std::string& reason) {
  throw Error(ErrorCode::cannot_read, std::string("cannot read ") + kName + ": " + reason);
}

/// A file that nobody has read from yet can be read like one that was named.
bool is_whole_file() {
  struct ::stat status{};
  return ::fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode) &&
         ::lseek(STDIN_FILENO, 0, SEEK_CUR) == 0;
}

void wait_for_bytes(const RunControl& control) {
  constexpr int kPollMilliseconds = 100;  // a stop is heard that soon
  ::pollfd watched{STDIN_FILENO, POLLIN, 0};
  do {
    control.check_stop();
  } while (::poll(&watched, 1, kPollMilliseconds) <= 0);
}

}  // namespace

std::unique_ptr<ByteSource> read_standard_input(const InputLimits& limits,
                                                const RunControl& control) {
  if (::isatty(STDIN_FILENO) == 1) throw_cannot_read("it is a terminal, expected a pipe or a file");
  if (is_whole_file()) {
    UniqueFd file(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0));
    if (!file.valid()) throw_cannot_read(system_text(errno));
    return make_file_source(std::move(file), kName);
  }
  auto spool = std::make_unique<Spool>(kName, limits.max_bytes);
  constexpr std::size_t kReadBytes = 1 << 16;  // what a pipe holds
  std::array<std::byte, kReadBytes> block;
  for (;;) {
    wait_for_bytes(control);
    const ::ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got == 0) return spool;
    if (got > 0) {
      spool->append(std::span(block).first(static_cast<std::size_t>(got)));
    } else if (errno != EINTR && errno != EAGAIN) {
      throw_cannot_read(system_text(errno));
    }
  }
}

}  // namespace partwise
