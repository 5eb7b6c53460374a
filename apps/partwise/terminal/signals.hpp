#pragma once
#include <partwise/run_control.hpp>

namespace partwise::program {

/// While it lives, the first SIGINT or SIGTERM sets control.stop; a second one kills.
class StopSignals {
 public:
  explicit StopSignals(RunControl& control);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
};

/// The signal that came, 0 if none did.
[[nodiscard]] int received_signal() noexcept;

}  // namespace partwise::program
