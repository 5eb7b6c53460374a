// Reducer over a small pool of threads. Chosen by CMake; reducer_serial.cpp is its twin without
// any.
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <partwise/error.hpp>
#include <partwise/reducer.hpp>
#include <string>
#include <thread>
#include <vector>

namespace partwise {
namespace {

constexpr int kMaxThreads = 1024;

}  // namespace

/// Workers sleep on a condition variable between jobs: no spinning, so a busy machine is left
/// alone.
class Reducer::Pool {
 public:
  explicit Pool(int extra) {
    workers_.reserve(static_cast<std::size_t>(extra));
    try {
      for (int i = 0; i < extra; ++i) workers_.emplace_back([this] { work(); });
    } catch (...) {
      // The system gives no more threads, or no memory for them. Fewer do the same work and find
      // the same bits.
    }
  }
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
  }
  [[nodiscard]] int extra() const { return static_cast<int>(workers_.size()); }

  void run(Index count, const std::function<void(Index)>& task) {
    {
      const std::lock_guard lock(mutex_);
      task_ = &task;
      count_ = count;
      next_.store(0, std::memory_order_relaxed);
      busy_ = static_cast<int>(workers_.size());
      error_ = nullptr;
      ++job_;
    }
    wake_.notify_all();
    take_pieces();
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void work() {
    std::uint64_t seen = 0;
    for (;;) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return quit_ || job_ != seen; });
        if (quit_) return;
        seen = job_;
      }
      take_pieces();
      bool last = false;
      {
        const std::lock_guard lock(mutex_);
        last = --busy_ == 0;
      }
      if (last) done_.notify_one();
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
  const std::function<void(Index)>* task_ = nullptr;
  Index count_ = 0;
  std::atomic<Index> next_{0};
  int busy_ = 0;
  std::uint64_t job_ = 0;
  bool quit_ = false;
  std::exception_ptr error_;
};

Reducer::Reducer(int threads) {
  if (threads < 1 || threads > kMaxThreads) {
    throw Error(ErrorCode::usage, "threads = " + std::to_string(threads) + ", expected 1.." +
                                      std::to_string(kMaxThreads));
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

void Reducer::add_over_processes(std::span<double> /*sums*/) {}

int available_threads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace partwise
