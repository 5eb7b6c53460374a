#include "interruptible.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

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
  void note(const Progress& progress) {
    const std::lock_guard lock(mutex_);
    progress_ = progress;
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
  /// Where the work stands, if that is news.
  std::optional<Progress> take_progress() {
    const std::lock_guard lock(mutex_);
    return std::exchange(progress_, std::nullopt);
  }
  [[nodiscard]] std::exception_ptr error() const { return error_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool told_ = false;
  bool ended_ = false;
  Index iteration_ = 0;
  double objective_ = 0;
  std::optional<Progress> progress_;
  std::exception_ptr error_;
};

const char* stage_name(Stage stage) {
  constexpr const char* names[] = {"fetch",    "decode", "transform", "factorize",
                                   "separate", "write",  "report"};
  return names[static_cast<std::size_t>(stage)];
}

/// Does the work on this thread and tells the meeting how it ended.
void work_until_end(const std::function<void(const IterationCallback&)>& work,
                    const IterationCallback& on_iteration, Meeting& meeting) {
  std::exception_ptr error;
  try {
    work(on_iteration);
  } catch (...) {
    error = std::current_exception();
  }
  meeting.end(error);
}

}  // namespace

void run_interruptibly(RunControl& control, const Listeners& listeners,
                       const std::function<void(const IterationCallback&)>& work) {
  Meeting meeting;
  IterationCallback on_iteration;
  if (!listeners.on_iteration.is_none()) {
    on_iteration = [&meeting](Index iteration, double objective) {
      meeting.tell(iteration, objective);
    };
  }
  if (!listeners.on_progress.is_none()) {
    control.on_progress = [&meeting](const Progress& progress) { meeting.note(progress); };
  }
  std::thread worker([&] { work_until_end(work, on_iteration, meeting); });

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
  const auto tell_progress = [&] {
    const auto now = meeting.take_progress();
    if (now)
      listeners.on_progress(stage_name(now->stage), now->share, now->iteration, now->objective);
    return false;
  };
  for (;;) {
    const Meeting::Event event = meeting.wait();
    if (event == Meeting::Event::ended) break;
    python(signalled);
    python(tell_progress);
    if (event == Meeting::Event::told) {
      python([&] {
        const py::object answer = listeners.on_iteration(meeting.iteration(), meeting.objective());
        return PyObject_IsTrue(answer.ptr()) == 1;
      });
      meeting.answer();
    }
  }
  {
    const py::gil_scoped_release release;
    worker.join();
  }
  control.on_progress = nullptr;
  if (raised) throw py::error_already_set(*raised);
  if (meeting.error()) std::rethrow_exception(meeting.error());
  tell_progress();
}

}  // namespace partwise::python
