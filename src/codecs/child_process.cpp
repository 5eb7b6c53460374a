#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <codecs/child_process.hpp>
#include <csignal>
#include <cstdlib>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <string_view>

namespace partwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostMessageBytes = 4096;
constexpr int kPollMilliseconds = 100;  // a stop is heard that soon

struct Pipe {
  UniqueFd read_end, write_end;
};

/// Invalid descriptors, and errno, where there are none to be had.
Pipe make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

/// posix_spawn's two objects, which must be destroyed.
class SpawnSettings {
 public:
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    // What this program ignores or blocks, a child should not.
    ::sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  void connect(int ours, int theirs) {
    ::posix_spawn_file_actions_adddup2(&actions_, ours, theirs);
  }
  /// What a parent forgot to close at exec, a child does not get.
  void close_from(int first) { ::posix_spawn_file_actions_addclosefrom_np(&actions_, first); }
  void close_input() {
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  [[nodiscard]] const ::posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const ::posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  ::posix_spawn_file_actions_t actions_{};
  ::posix_spawnattr_t attributes_{};
};

/// Pointers as exec wants them, into `texts`.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// Nothing in the environment may change what the child does, but where its libraries are.
std::vector<std::string> child_environment() {
  std::vector<std::string> out = {"LC_ALL=C"};
  if (const char* libraries = std::getenv("LD_LIBRARY_PATH")) {
    out.push_back(std::string("LD_LIBRARY_PATH=") + libraries);
  }
  return out;
}

/// Right after the start: before the child has come to the bytes that it is to decode.
void limit_child(::pid_t pid, std::uint64_t address_space_bytes) {
  const auto set = [pid](__rlimit_resource what, ::rlim_t most) {
    const ::rlimit limit{most, most};
    ::prlimit(pid, what, &limit, nullptr);
  };
  set(RLIMIT_AS, address_space_bytes);
  set(RLIMIT_FSIZE, 0);
  set(RLIMIT_CORE, 0);
}

/// read() that is not disturbed by signals; 0 at the end and on errors.
std::size_t read_some(int descriptor, std::span<std::byte> out) {
  for (;;) {
    const ::ssize_t got = ::read(descriptor, out.data(), out.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return 0;
  }
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (!folder.starts_with('/')) continue;
    std::string candidate = std::string(folder) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

void ChildProcess::throw_no_child(int error_number) const {
  throw Error(ErrorCode::cannot_read,
              shown_ + ": cannot start a decoder: " + system_text(error_number));
}

ChildProcess::ChildProcess(std::string shown, const std::vector<std::string>& arguments, int input,
                           const ChildLimits& limits)
    : shown_(std::move(shown)), limits_(limits) {
  Pipe output = make_pipe(), errors = make_pipe();
  if (!errors.read_end.valid() || !output.read_end.valid()) throw_no_child(errno);
  // Above the numbers that the child uses, so that no dup2 below overwrites what another needs.
  const UniqueFd input_copy(::fcntl(input, F_DUPFD_CLOEXEC, kInput + 1));
  if (!input_copy.valid()) throw_no_child(errno);
  SpawnSettings settings;
  settings.close_input();
  settings.connect(output.write_end.get(), STDOUT_FILENO);
  settings.connect(errors.write_end.get(), STDERR_FILENO);
  settings.connect(input_copy.get(), kInput);
  settings.close_from(kInput + 1);
  std::vector<std::string> argument_texts = arguments, environment_texts = child_environment();
  const int failed =
      ::posix_spawn(&pid_, arguments.front().c_str(), settings.actions(), settings.attributes(),
                    pointers(argument_texts).data(), pointers(environment_texts).data());
  if (failed != 0) {
    pid_ = -1;
    throw_no_child(failed);
  }
  limit_child(pid_, limits.address_space_bytes);
  output_ = std::move(output.read_end);
  errors_ = std::move(errors.read_end);
}

ChildProcess::~ChildProcess() { kill_and_reap(); }

void ChildProcess::kill_and_reap() noexcept {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

void ChildProcess::take_messages() {
  std::array<std::byte, kMostMessageBytes> bytes;
  const std::size_t got = read_some(errors_.get(), bytes);
  errors_ended_ = got == 0;
  const std::size_t kept = std::min(got, kMostMessageBytes - messages_.size());
  messages_.append(reinterpret_cast<const char*>(bytes.data()), kept);
}

void ChildProcess::wait_for_output(const RunControl& control) {
  const auto begin = Clock::now();
  for (;;) {
    control.check_stop();
    // poll() passes over negative descriptors.
    std::array<::pollfd, 2> watched = {
        {{output_.get(), POLLIN, 0}, {errors_ended_ ? -1 : errors_.get(), POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), kPollMilliseconds) > 0) {
      if (watched[1].revents != 0) take_messages();
      if (watched[0].revents != 0) return;
    }
    if (Clock::now() - begin > std::chrono::duration<double>(limits_.idle_s)) {
      throw Error(ErrorCode::resource_limit, shown_ + ": the decoder gave no sound for " +
                                                 number_text(limits_.idle_s) + " s; it was ended");
    }
  }
}

std::size_t ChildProcess::read(std::span<std::byte> out, const RunControl& control) {
  std::size_t done = 0;
  while (done < out.size()) {
    wait_for_output(control);
    const std::size_t got = read_some(output_.get(), out.subspan(done));
    if (got == 0) break;
    done += got;
  }
  return done;
}

bool ChildProcess::succeeded(const RunControl& control) {
  // Its messages end when it does, so this mostly waits for nothing.
  const auto begin = Clock::now();
  while (Clock::now() - begin < std::chrono::duration<double>(limits_.idle_s)) {
    control.check_stop();
    ::pollfd watched{errors_ended_ ? -1 : errors_.get(), POLLIN, 0};
    if (::poll(&watched, 1, errors_ended_ ? 1 : kPollMilliseconds) > 0) take_messages();
    if (!errors_ended_) continue;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) continue;
    pid_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  kill_and_reap();
  return false;
}

}  // namespace partwise
