// Reducer over a small pool of threads. Chosen by CMake; reducer_serial.cpp is its twin without
// any.
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <new>
#include <partwise/error.hpp>
#include <partwise/reducer.hpp>
#include <string>
#include <thread>
#include <vector>

namespace partwise {

/// Between jobs a worker looks for the next for a few microseconds, giving way to whoever wants the
/// core, and then sleeps: passes that follow one another closely cost no waking, and a busy machine
/// is left alone.
class Reducer::Pool {
 public:
  explicit Pool(int extra) {
    workers_.reserve(static_cast<std::size_t>(extra));
    // Where threads take all addresses there are, the work itself must still find some: this much
    // is kept from them. It is never touched, so it costs no memory.
    constexpr std::size_t kKeptBytes = std::size_t{384} << 20;
    constexpr int kFew = 64;  // their stacks leave enough
    void* kept = extra > kFew ? ::operator new(kKeptBytes, std::nothrow) : nullptr;
    try {
      for (int i = 0; i < extra; ++i) workers_.emplace_back([this] { work(); });
    } catch (...) {  // NOLINT(bugprone-empty-catch)
      // The system gives no more threads, or no memory for them. Fewer do the same work and find
      // the same bits.
    }
    ::operator delete(kept);
  }
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
      job_.fetch_add(1, std::memory_order_release);
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
  }
  [[nodiscard]] int extra() const { return static_cast<int>(workers_.size()); }

  void run(Index count, const std::function<void(Index)>& task) {
    bool somebody_sleeps = false;
    {
      const std::lock_guard lock(mutex_);
      task_ = &task;
      count_ = count;
      next_.store(0, std::memory_order_relaxed);
      busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
      error_ = nullptr;
      job_.fetch_add(1, std::memory_order_release);  // what stands above is seen by who sees this
      somebody_sleeps = sleeping_ > 0;
    }
    if (somebody_sleeps) wake_.notify_all();
    take_pieces();
    const auto done = [this] { return busy_.load(std::memory_order_acquire) == 0; };
    if (!soon(done)) {
      std::unique_lock lock(mutex_);
      done_.wait(lock, done);
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  /// Whether `condition` comes true within the time that waking a thread would take.
  template <class Condition>
  static bool soon(const Condition& condition) {
    constexpr std::chrono::microseconds kPatience{20};
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }

  void work() {
    std::uint64_t seen = 0;
    const auto new_job = [&] { return job_.load(std::memory_order_acquire) != seen; };
    for (;;) {
      if (!soon(new_job)) {
        std::unique_lock lock(mutex_);
        ++sleeping_;
        wake_.wait(lock, new_job);
        --sleeping_;
      }
      ++seen;  // a job ends only when every worker has had it, so none is missed
      if (quit_) return;
      take_pieces();
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        const std::lock_guard lock(mutex_);  // not between the test and the sleep of who waits
        done_.notify_one();
      }
    }
  }

  void take_pieces() {
    try {
      for (;;) {
        const Index i = next_.fetch_add(1, std::memory_order_relaxed);
        if (i >= count_) return;
        (*task_)(i);
      }
    } catch (...) {
      next_.store(count_, std::memory_order_relaxed);  // the rest is not begun
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  std::vector<std::thread> workers_;
  std::atomic<std::uint64_t> job_{0};
  // Written before job_ rises, read after.
  const std::function<void(Index)>* task_ = nullptr;
  Index count_ = 0;
  bool quit_ = false;
  std::atomic<Index> next_{0};
  std::atomic<int> busy_{0};
  int sleeping_ = 0;
  std::exception_ptr error_;
};

Reducer::Reducer(int threads) {
  if (!kThreadsRange.contains(threads)) {
    throw bad_argument("threads", threads, kThreadsRange);
  }
  if (threads > 1) pool_ = std::make_unique<Pool>(threads - 1);
}
Reducer::~Reducer() = default;

int Reducer::threads() const { return pool_ ? pool_->extra() + 1 : 1; }

void Reducer::for_each(Index count, const std::function<void(Index)>& task) {
  if (!pool_ || count < 2) {
    for (Index i = 0; i < count; ++i) task(i);
    return;
  }
  pool_->run(count, task);
}

void Reducer::reduce(std::span<double> /*values*/, Reduction /*reduction*/) {}

int available_threads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace partwise
