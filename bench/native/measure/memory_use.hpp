#pragma once
#include <cstdint>

namespace partwise::bench {

/// Bytes that this process has in memory now, freed ones given back to the system first; 0 where
/// the system does not tell.
[[nodiscard]] std::int64_t resident_bytes();

/// The most it ever had since the last call of forget_peak().
[[nodiscard]] std::int64_t peak_resident_bytes();
void forget_peak();

}  // namespace partwise::bench
