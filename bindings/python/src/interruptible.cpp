#include "interruptible.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace partwise::python {
namespace {

namespace py = pybind11;

// A sixth of the time within which Ctrl-C is to be felt; waking costs some microseconds.
constexpr std::chrono::milliseconds kBetweenLooksForSignals{50};

/// What the working and the waiting thread tell each other.
class Meeting {
 public:
  // --- the working thread
  void tell(Index iteration, double objective) {
    std::unique_lock lock(mutex_);
    iteration_ = iteration;
    objective_ = objective;
    told_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !told_; });
  }
  void end(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
    ended_ = true;
    changed_.notify_all();
  }

  // --- the waiting thread
  enum class Event { ended, told, nothing };
  Event wait() {
    const py::gil_scoped_release release;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kBetweenLooksForSignals, [this] { return told_ || ended_; });
    return ended_ ? Event::ended : told_ ? Event::told : Event::nothing;
  }
  [[nodiscard]] Index iteration() const { return iteration_; }
  [[nodiscard]] double objective() const { return objective_; }
  void answer() {
    const std::lock_guard lock(mutex_);
    told_ = false;
    changed_.notify_all();
  }
  [[nodiscard]] std::exception_ptr error() const { return error_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool told_ = false;
  bool ended_ = false;
  Index iteration_ = 0;
  double objective_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void run_interruptibly(RunControl& control, const py::object& callback,
                       const std::function<void(const IterationCallback&)>& work) {
  Meeting meeting;
  IterationCallback on_iteration;
  if (!callback.is_none()) {
    on_iteration = [&meeting](Index iteration, double objective) {
      meeting.tell(iteration, objective);
    };
  }
  std::thread worker([&] {
    std::exception_ptr error;
    try {
      work(on_iteration);
    } catch (...) {
      error = std::current_exception();
    }
    meeting.end(error);
  });

  std::optional<py::error_already_set> raised;
  const auto python = [&](const auto& call) {
    try {
      if (!raised && call()) control.stop = true;
    } catch (py::error_already_set& e) {
      raised.emplace(e);
      control.stop = true;
    }
  };
  const auto signalled = [] {
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    return false;
  };
  for (;;) {
    const Meeting::Event event = meeting.wait();
    if (event == Meeting::Event::ended) break;
    python(signalled);
    if (event == Meeting::Event::told) {
      python([&] {
        const py::object answer = callback(meeting.iteration(), meeting.objective());
        return PyObject_IsTrue(answer.ptr()) == 1;
      });
      meeting.answer();
    }
  }
  {
    const py::gil_scoped_release release;
    worker.join();
  }
  if (raised) throw py::error_already_set(*raised);
  if (meeting.error()) std::rethrow_exception(meeting.error());
}

}  // namespace partwise::python
