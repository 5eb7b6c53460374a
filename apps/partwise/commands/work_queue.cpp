#include "commands/work_queue.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

namespace partwise::program {
namespace {

constexpr std::chrono::milliseconds kMoment{50};  // a person takes it for at once

}  // namespace

WorkQueue::WorkQueue(std::size_t count, int threads, std::function<void(std::size_t)> work)
    : work_(std::move(work)), count_(count) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < threads; ++i) {
    try {
      threads_.emplace_back([this] { run(); });
      ++running_;
    } catch (const std::system_error&) {
      if (threads_.empty()) throw;
      break;
    }
  }
}

WorkQueue::~WorkQueue() {
  stop();
  for (auto& thread : threads_) thread.join();
}

void WorkQueue::stop() {
  const std::lock_guard lock(mutex_);
  count_ = std::min(count_, next_);
}

bool WorkQueue::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kMoment, [this] { return news_ || running_ == 0; });
  news_ = false;
  return running_ > 0;
}

void WorkQueue::run() {
  std::unique_lock lock(mutex_);
  while (next_ < count_) {
    const std::size_t mine = next_++;
    lock.unlock();
    work_(mine);
    lock.lock();
    news_ = true;
    changed_.notify_one();
  }
  --running_;
  changed_.notify_one();
}

}  // namespace partwise::program
