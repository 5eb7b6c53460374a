// Chosen by CMake where zeroed_memory_linux.cpp does not serve.
#include <cstring>
#include <new>
#include <partwise/zeroed_memory.hpp>

namespace partwise {

void* allocate_zeroed(std::size_t bytes) {
  void* memory = ::operator new(bytes, std::align_val_t{kMemoryAlignment});
  std::memset(memory, 0, bytes);
  return memory;
}

void free_zeroed(void* memory, std::size_t /*bytes*/) noexcept {
  ::operator delete(memory, std::align_val_t{kMemoryAlignment});
}

}  // namespace partwise
