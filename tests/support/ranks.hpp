#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <partwise/reducer.hpp>
#include <span>
#include <vector>

namespace partwise::test {

/// Where made-up processes, threads of this one, add up what they have.
class Meeting {
 public:
  explicit Meeting(int ranks) : values_(static_cast<std::size_t>(ranks)) {}

  /// Waits for all ranks, and gives all of them the same bits.
  void reduce(int rank, std::span<double> values, Reduction reduction);
  /// Lets go of whoever waits, with an exception: a rank comes no more.
  void leave();
  /// Calls of reduce() by each rank so far.
  [[nodiscard]] int meetings() const { return meetings_; }

 private:
  void wait_for_all(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable all_here_;
  std::vector<std::vector<double>> values_;
  std::size_t here_ = 0;
  int meetings_ = 0;
  int round_ = 0;
  bool left_ = false;
};

/// A Reducer of one thread that meets others.
class RankReducer final : public Reducer {
 public:
  RankReducer(Meeting& meeting, int rank) : meeting_(meeting), rank_(rank) {}
  using Reducer::reduce;
  void reduce(std::span<double> values, Reduction reduction) override {
    meeting_.reduce(rank_, values, reduction);
  }

 private:
  Meeting& meeting_;
  int rank_;
};

/// Calls work(rank, reducer) in a thread for each rank, and throws the first rank's exception, if
/// there is one.
void run_ranks(int ranks, const std::function<void(int rank, Reducer& reducer)>& work);

}  // namespace partwise::test
