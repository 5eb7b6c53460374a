#pragma once
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace partwise {

/// Working memory of tasks that run side by side: as many pieces as tasks run at once, each handed
/// on from task to task, so that its pages are touched once. Which piece a task gets must not
/// matter to its result.
template <class Scratch>
class ScratchPool {
 public:
  /// A piece that goes back when this goes.
  class Lease {
   public:
    Lease(ScratchPool& pool, std::unique_ptr<Scratch> piece)
        : pool_(pool), piece_(std::move(piece)) {}
    ~Lease() { pool_.give_back(std::move(piece_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Scratch& operator*() const { return *piece_; }

   private:
    ScratchPool& pool_;
    std::unique_ptr<Scratch> piece_;
  };

  /// make() is called where no piece is free.
  template <class Make>
  [[nodiscard]] Lease take(const Make& make) {
    std::unique_ptr<Scratch> piece;
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        piece = std::move(free_.back());
        free_.pop_back();
      } else {
        free_.reserve(++made_);  // so that giving back cannot fail
      }
    }
    if (!piece) piece = std::make_unique<Scratch>(make());
    return Lease(*this, std::move(piece));
  }

 private:
  void give_back(std::unique_ptr<Scratch> piece) noexcept {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(piece));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Scratch>> free_;
  std::size_t made_ = 0;
};

}  // namespace partwise
