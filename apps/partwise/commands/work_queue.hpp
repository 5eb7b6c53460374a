#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace partwise::program {

/// Calls work(i) for i = 0 ... count - 1 on threads of its own, each taking the next when it has
/// done one. The caller's thread is free to show how far they are.
class WorkQueue {
 public:
  /// work() must not throw. Where the system gives fewer threads, fewer do the work; throws
  /// std::system_error where it gives none.
  WorkQueue(std::size_t count, int threads, std::function<void(std::size_t)> work);
  /// Begins no more and waits for what is under way.
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  /// Begins no more.
  void stop();
  /// Waits until one more was done or a moment has passed. Returns false once nothing is under way.
  bool wait();

 private:
  void run();

  std::function<void(std::size_t)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_;
  std::size_t next_ = 0;
  std::size_t running_ = 0;  // threads
  bool news_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace partwise::program
