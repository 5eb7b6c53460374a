// Chosen by CMake on Linux; zeroed_memory_portable.cpp is its twin elsewhere.
#include <sys/mman.h>

#include <cstring>
#include <new>
#include <partwise/zeroed_memory.hpp>

namespace partwise {
namespace {

/// A large page of x86 and of most ARM systems, and from where on the system is asked directly:
/// below, the heap hands out memory that is already there.
constexpr std::size_t kLargePageBytes = std::size_t{2} << 20;

std::size_t round_up(std::size_t bytes) {
  constexpr std::size_t kPageBytes = 4096;
  return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

}  // namespace

void* allocate_zeroed(std::size_t bytes) {
  if (bytes < kLargePageBytes) {
    void* memory = ::operator new(bytes, std::align_val_t{kMemoryAlignment});
    std::memset(memory, 0, bytes);
    return memory;
  }
  // The system places by small pages: what lies before and behind the aligned part goes back.
  const std::size_t length = round_up(bytes);
  if (length < bytes || length + kLargePageBytes < length) throw std::bad_alloc();
  void* const mapped = ::mmap(nullptr, length + kLargePageBytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* const begin = static_cast<char*>(mapped);
  const std::size_t over = reinterpret_cast<std::size_t>(begin) % kLargePageBytes;
  const std::size_t before = over == 0 ? 0 : kLargePageBytes - over;
  if (before > 0) ::munmap(begin, before);
  char* const memory = begin + before;
  ::munmap(memory + length, kLargePageBytes - before);
  ::madvise(memory, length, MADV_HUGEPAGE);  // a wish
  return memory;
}

void free_zeroed(void* memory, std::size_t bytes) noexcept {
  if (bytes < kLargePageBytes) {
    ::operator delete(memory, std::align_val_t{kMemoryAlignment});
  } else {
    ::munmap(memory, round_up(bytes));
  }
}

}  // namespace partwise
