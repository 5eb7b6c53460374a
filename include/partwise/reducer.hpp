#pragma once
#include <functional>
#include <memory>
#include <partwise/index.hpp>
#include <partwise/range.hpp>
#include <span>

namespace partwise {

/// What Reducer's number of threads may be.
inline constexpr Range<Index> kThreadsRange{1, 1024};

/// How the values of several processes become one.
enum class Reduction { sum, max };

/// Runs independent pieces of work and combines their results: the one place where threads and
/// processes enter. Results never depend on the number of threads, because the caller cuts its work
/// into pieces that depend on the problem alone and adds their sums in order.
class Reducer {
 public:
  /// One worker for each of `threads` in kThreadsRange; the calling thread is one of them. Where
  /// the system gives fewer, or the library was built without threads, there are fewer, and the
  /// results are the same. Throws Error(usage) outside the range.
  explicit Reducer(int threads = 1);
  virtual ~Reducer();
  Reducer(const Reducer&) = delete;
  Reducer& operator=(const Reducer&) = delete;

  [[nodiscard]] int threads() const;

  /// Calls task(i) once for every i in [0, count), in any order, on any worker, and returns when
  /// all have returned. The first exception thrown by a task is thrown again here. Not re-entrant:
  /// a task must not call for_each of the same reducer.
  void for_each(Index count, const std::function<void(Index)>& task);

  /// Replaces each of `values` by its sum (or maximum) over all processes that share a problem. The
  /// only operation that connects processes: every sum over frames ends in it. Here there is one
  /// process and nothing happens; a distributed reducer overrides it and gives all processes the
  /// same bits. All processes make the same calls in the same order, from one thread each.
  virtual void reduce(std::span<double> values, Reduction reduction = Reduction::sum);
  /// The same for one value.
  [[nodiscard]] double reduce(double value, Reduction reduction = Reduction::sum) {
    reduce({&value, 1}, reduction);
    return value;
  }

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;  // none for one thread
};

/// The number of processors this process may run on, at least 1.
[[nodiscard]] int available_threads();

}  // namespace partwise
