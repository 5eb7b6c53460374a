#pragma once
#include <algorithm>
#include <chrono>
#include <vector>

namespace partwise::bench {

using Clock = std::chrono::steady_clock;

[[nodiscard]] inline double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// The middle value; the mean of the two middle ones of an even number. Not of none.
[[nodiscard]] inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// How long to look at one thing.
struct TimingPlan {
  int samples = 15;
  /// A sample repeats the call until it lasts this long, so that the clock's own time is nothing.
  double sample_s = 1e-3;
};

/// Seconds of one call, sample by sample, after as many unmeasured calls as one sample takes.
template <class Call>
[[nodiscard]] std::vector<double> call_times(const Call& call, const TimingPlan& plan) {
  const auto repeat = [&call](int times) {
    const auto begin = Clock::now();
    for (int i = 0; i < times; ++i) call();
    return seconds_since(begin);
  };
  int times = 1;
  while (repeat(times) < plan.sample_s) times *= 2;
  std::vector<double> seconds;
  for (int i = 0; i < plan.samples; ++i) seconds.push_back(repeat(times) / times);
  return seconds;
}

/// How long a call takes: the median.
template <class Call>
[[nodiscard]] double time_call(const Call& call, const TimingPlan& plan) {
  return median(call_times(call, plan));
}

/// How fast it can be: the least, for limits that something else is held against.
template <class Call>
[[nodiscard]] double least_time(const Call& call, const TimingPlan& plan) {
  const std::vector<double> seconds = call_times(call, plan);
  return *std::min_element(seconds.begin(), seconds.end());
}

}  // namespace partwise::bench
