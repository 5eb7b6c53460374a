#include <algorithm>
#include <fstream>
#include <measure/machine_limits.hpp>
#include <measure/machine_loops.hpp>

namespace partwise::bench {
namespace {

// Rounds of a loop in registers: microseconds, much more than starting it takes.
constexpr Index kRounds = 4096;

template <class Loop>
double rate(const Loop& loop, const TimingPlan& plan) {
  volatile float keep = 0;  // what the loop returns, so that it is computed
  double work = 0, ignored = 0;
  keep = loop(kRounds, work);
  return work / least_time([&] { keep = loop(kRounds, ignored); }, plan);
}

/// The bytes of the first processor's data cache of a level as the kernel reports them, else 0.
std::int64_t cache_bytes(int level) {
  for (int index = 0; index < 8; ++index) {
    const std::string folder =
        "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index) + "/";
    std::ifstream level_file(folder + "level"), type_file(folder + "type");
    std::ifstream size_file(folder + "size");
    int found = 0;
    std::string type, unit;
    std::int64_t size = 0;
    if (!(level_file >> found) || !(type_file >> type) || !(size_file >> size)) return 0;
    if (found != level || type == "Instruction") continue;
    return (size_file >> unit) && unit == "M" ? size << 20 : size << 10;
  }
  return 0;
}

double read_rate(std::int64_t bytes, const TimingPlan& plan) {
  const Index count = std::max<Index>(static_cast<Index>(bytes) / 4 / kReadUnit, 1) * kReadUnit;
  Matrix<float> values(count, 1);
  // Memory that nobody wrote may all be one page of zeros.
  std::fill_n(values.data(), count, 1.0f);
  return 4.0 * static_cast<double>(count) / time_read(values, plan);
}

}  // namespace

double time_read(const Matrix<float>& matrix, const TimingPlan& plan) {
  const Index count = matrix.stride() * matrix.cols() / kReadUnit * kReadUnit;
  volatile float keep = 0;
  return least_time([&] { keep = read_loop(matrix.data(), count); }, plan);
}

double measure_flops_per_s(const TimingPlan& plan) { return rate(fma_loop, plan); }

MachineLimits measure_limits(const TimingPlan& plan) {
  MachineLimits limits;
  limits.target = target_name();
  limits.flops_per_s = measure_flops_per_s(plan);
  limits.reciprocals_per_s = std::max(rate(divide_loop, plan), rate(newton_loop, plan));
  // Half of a cache, so that what else runs leaves it there; for memory, a multiple of the last
  // cache. Sizes of common processors stand in where the system tells none.
  const auto or_else = [](std::int64_t found, std::int64_t common) {
    return found > 0 ? found : common;
  };
  const std::int64_t l1 = or_else(cache_bytes(1), 32 << 10),
                     l2 = or_else(cache_bytes(2), 512 << 10);
  const std::int64_t l3 = or_else(cache_bytes(3), 32 << 20);
  constexpr std::int64_t kMostMemory = 1 << 30;
  const std::int64_t memory = std::min(8 * l3, kMostMemory);
  for (const auto& [level, bytes] : {std::pair{"L1", l1 / 2}, std::pair{"L2", l2 / 2},
                                     std::pair{"L3", l3 / 2}, std::pair{"memory", memory}}) {
    limits.reads.push_back({level, bytes, read_rate(bytes, plan)});
  }
  return limits;
}

}  // namespace partwise::bench
