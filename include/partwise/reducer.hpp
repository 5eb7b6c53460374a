#pragma once
#include <functional>
#include <memory>
#include <partwise/index.hpp>
#include <span>

namespace partwise {

/// Runs independent pieces of work and adds up what they found: the one place where threads, and
/// later processes, enter. Results never depend on the number of threads, because the caller
/// cuts its work into pieces that depend on the problem alone and adds their sums in order.
class Reducer {
 public:
  /// One worker for each of `threads` in [1, 1024]; the calling thread is one of them. Where the
  /// system gives fewer, or the library was built without threads, there are fewer, and the results
  /// are the same. Throws Error(usage) outside the range.
  explicit Reducer(int threads = 1);
  virtual ~Reducer();
  Reducer(const Reducer&) = delete;
  Reducer& operator=(const Reducer&) = delete;

  [[nodiscard]] int threads() const;

  /// Calls task(i) once for every i in [0, count), in any order, on any worker, and returns when
  /// all have returned. The first exception thrown by a task is thrown again here. Not re-entrant:
  /// a task must not call for_each of the same reducer.
  void for_each(Index count, const std::function<void(Index)>& task);

  /// Adds `sums` over all processes that share a problem; here there is one, so nothing happens.
  /// A distributed reducer overrides it.
  virtual void add_over_processes(std::span<double> sums);

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;  // none for one thread
};

/// The number of processors this process may run on, at least 1.
[[nodiscard]] int available_threads();

}  // namespace partwise
