#pragma once
#include <cstddef>

namespace partwise {

/// Where a column of a Matrix begins: one cache line, one AVX-512 register.
inline constexpr std::size_t kMemoryAlignment = 64;

/// `bytes` > 0 zeros, kMemoryAlignment-aligned. Large ones come from the system as they are first
/// touched, in large pages where it has them: a fresh page of 4 KiB costs more than filling it.
/// Throws std::bad_alloc.
[[nodiscard]] void* allocate_zeroed(std::size_t bytes);
void free_zeroed(void* memory, std::size_t bytes) noexcept;

}  // namespace partwise
