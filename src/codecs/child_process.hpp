#pragma once
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <disk/unique_fd.hpp>
#include <optional>
#include <partwise/run_control.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// Where PATH has this program; its relative entries are passed over, for what lies in the current
/// folder may have come with the recording.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name);

/// What a child may take of the machine.
struct ChildLimits {
  std::uint64_t address_space_bytes = 0;
  double idle_s = 0;  ///< without a byte on its outputs
};

/// A program that runs beside this one: without a shell, with standard input closed to it, no
/// environment to speak of, no right to write files, gone when this object is.
class ChildProcess {
 public:
  /// The descriptor under which the child finds `input`.
  static constexpr int kInput = 3;

  /// `shown` is what messages call `input`; `arguments[0]` is the program's absolute path. Throws
  /// Error(cannot_read).
  ChildProcess(std::string shown, const std::vector<std::string>& arguments, int input,
               const ChildLimits& limits);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Bytes of its standard output: all of `out`, fewer only at the end. Throws Error(stopped), and
  /// Error(resource_limit) if it says nothing for too long.
  std::size_t read(std::span<std::byte> out, const RunControl& control);

  /// Waits for its end, which must be near: after read() came to the end. True for exit status 0.
  [[nodiscard]] bool succeeded(const RunControl& control);

  /// The beginning of its standard error.
  [[nodiscard]] const std::string& messages() const { return messages_; }

 private:
  /// Waits for bytes or the end on standard output, and takes messages meanwhile.
  void wait_for_output(const RunControl& control);
  void take_messages();
  void kill_and_reap() noexcept;

  [[noreturn]] void throw_no_child(int error_number) const;

  std::string shown_;
  ChildLimits limits_;
  ::pid_t pid_ = -1;
  UniqueFd output_, errors_;
  bool errors_ended_ = false;
  std::string messages_;
};

}  // namespace partwise
