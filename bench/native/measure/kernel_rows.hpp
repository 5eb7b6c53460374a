#pragma once
#include <functional>
#include <kernels/kernel_table.hpp>
#include <string>
#include <vector>

namespace partwise::bench {

/// One kernel on one block that stays in cache, and the work that cannot be avoided in a call.
struct KernelRow {
  std::string name;
  Index components = 0;
  double flops = 0;        ///< multiply-adds count as two
  double reciprocals = 0;  ///< beside them
  std::function<void(const kernels::KernelTable<float>&)> call;
};

/// Every kernel at the solver's size of block: 1025 bins, kBlockFrames frames.
[[nodiscard]] std::vector<KernelRow> kernel_rows(Index components);

}  // namespace partwise::bench
