#include "terminal/signals.hpp"

#include <atomic>
#include <csignal>

namespace partwise::program {
namespace {

// A handler has no argument of ours to find these by.
std::atomic<std::atomic<bool>*> stop_flag{nullptr};
std::atomic<int> received{0};
static_assert(std::atomic<std::atomic<bool>*>::is_always_lock_free &&
              std::atomic<int>::is_always_lock_free);

void set_handler(void (*handler)(int)) noexcept {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

void on_signal(int number) {
  received.store(number);
  if (auto* flag = stop_flag.load()) flag->store(true);
  set_handler(SIG_DFL);
}

}  // namespace

StopSignals::StopSignals(RunControl& control) {
  stop_flag.store(&control.stop);
  set_handler(on_signal);
}

StopSignals::~StopSignals() {
  set_handler(SIG_DFL);
  stop_flag.store(nullptr);
}

int received_signal() noexcept { return received.load(); }

}  // namespace partwise::program
