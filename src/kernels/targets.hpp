#pragma once
#include <cstdint>
#include <kernels/kernel_table.hpp>
#include <span>

namespace partwise::kernels {

/// Those of the instruction sets that the kernels are compiled for that this processor and its
/// operating system have, as bits of Highway's (HWY_AVX2 and its like). Highway's own library
/// answers the same question, but loading it measures the resolution of a timer for 4 ms, most of
/// what a short run of the program takes to start.
[[nodiscard]] std::int64_t processor_targets();

/// Kernels that were compiled for one instruction set.
template <class T>
struct TargetKernels {
  std::int64_t target;  ///< a bit of Highway's
  const char* name;     ///< as Highway calls it
  const KernelTable<T>* table;
};

/// Those that this processor has, the fastest first; never empty. For tests and benchmarks: all
/// others ask kernel_table().
template <class T>
[[nodiscard]] std::span<const TargetKernels<T>> kernels_of_all_targets();

}  // namespace partwise::kernels
