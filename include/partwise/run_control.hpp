#pragma once
#include <atomic>
#include <functional>
#include <partwise/error.hpp>
#include <partwise/index.hpp>

namespace partwise {

/// The stages of a run, in order. A run begins with `fetch` where its input comes from elsewhere.
enum class Stage { fetch, decode, transform, factorize, separate, write, report };

/// Where a run stands.
struct Progress {
  Stage stage = Stage::decode;
  double share = 0;  ///< of the whole run, [0, 1], never falls; of Stage::fetch, which nobody can
                     ///< set against the rest, of that alone, 0 where its length is unknown
  Index iteration = 0;   ///< of the factorization; 0 in other stages
  double objective = 0;  ///< the last one known; 0 in other stages
};

/// How the caller watches and stops a long call. Every long call takes one by reference.
/// `stop` may be set from another thread or from a signal handler; the call then ends soon.
struct RunControl {
  std::function<void(const Progress&)>
      on_progress;  ///< called on the caller's thread; may be empty
  std::atomic<bool> stop{false};
  static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

  void report(const Progress& progress) const {
    if (on_progress) on_progress(progress);
  }
  /// Throws Error(stopped) once `stop` is set.
  void check_stop() const {
    if (stop.load(std::memory_order_relaxed)) throw Error(ErrorCode::stopped, "stopped");
  }
};

}  // namespace partwise
