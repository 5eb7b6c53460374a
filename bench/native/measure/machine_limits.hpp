#pragma once
#include <cstdint>
#include <measure/timing.hpp>
#include <partwise/matrix.hpp>
#include <string>
#include <vector>

namespace partwise::bench {

/// How fast one thread reads memory that lies in `level`.
struct ReadRate {
  std::string level;  ///< "L1", "L2", "L3", "memory"
  std::int64_t bytes = 0;
  double bytes_per_s = 0;
};

/// What the processor can do at most, on one thread: the best of several looks.
struct MachineLimits {
  std::string target;            ///< the instruction set
  double flops_per_s = 0;        ///< FP32, a fused multiply-add counts as two
  double reciprocals_per_s = 0;  ///< FP32, the better of division and estimate with a Newton step
  std::vector<ReadRate> reads;
};

[[nodiscard]] MachineLimits measure_limits(const TimingPlan& plan);

/// The limits again without the memory, which takes longest: the clock may have changed.
[[nodiscard]] double measure_flops_per_s(const TimingPlan& plan);

/// The least seconds to read all of `matrix` once.
[[nodiscard]] double time_read(const Matrix<float>& matrix, const TimingPlan& plan);

}  // namespace partwise::bench
