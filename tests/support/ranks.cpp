#include <algorithm>
#include <exception>
#include <stdexcept>
#include <support/ranks.hpp>
#include <thread>

namespace partwise::test {

void Meeting::wait_for_all(std::unique_lock<std::mutex>& lock) {
  const int round = round_;
  if (++here_ == values_.size()) {
    here_ = 0;
    ++round_;
    all_here_.notify_all();
    return;
  }
  all_here_.wait(lock, [&] { return round_ != round || left_; });
  if (round_ == round) throw std::runtime_error("a rank is gone");
}

void Meeting::reduce(int rank, std::span<double> values, Reduction reduction) {
  std::unique_lock lock(mutex_);
  if (left_) throw std::runtime_error("a rank is gone");
  values_[static_cast<std::size_t>(rank)].assign(values.begin(), values.end());
  wait_for_all(lock);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double result = values_[0].at(i);
    for (std::size_t other = 1; other < values_.size(); ++other) {
      const double value = values_[other].at(i);  // throws where ranks bring different numbers
      result = reduction == Reduction::sum ? result + value : std::max(result, value);
    }
    values[i] = result;
  }
  if (rank == 0) ++meetings_;
  wait_for_all(lock);  // before anybody brings new values
}

void Meeting::leave() {
  const std::lock_guard lock(mutex_);
  left_ = true;
  all_here_.notify_all();
}

void run_ranks(int ranks, const std::function<void(int rank, Reducer& reducer)>& work) {
  Meeting meeting(ranks);
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(ranks));
  std::vector<std::thread> threads;
  for (int rank = 0; rank < ranks; ++rank) {
    threads.emplace_back([&, rank] {
      try {
        RankReducer reducer(meeting, rank);
        work(rank, reducer);
      } catch (...) {
        errors[static_cast<std::size_t>(rank)] = std::current_exception();
        meeting.leave();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace partwise::test
