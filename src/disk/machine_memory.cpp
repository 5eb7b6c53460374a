#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <partwise/audio_input.hpp>
#include <string>

namespace partwise {
namespace {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

std::uint64_t built_in() {
  const long pages = ::sysconf(_SC_PHYS_PAGES), page_bytes = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return kNoLimit;
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes);
}

std::uint64_t process_limit() {
  ::rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kNoLimit;
  return limit.rlim_cur;
}

/// Linux, Documentation/admin-guide/cgroup-v2: a number or "max". In a container the root of the
/// tree that it sees is its own group.
std::uint64_t group_limit() {
  std::ifstream file("/sys/fs/cgroup/memory.max");
  std::uint64_t bytes = 0;
  return file >> bytes && bytes > 0 ? bytes : kNoLimit;
}

}  // namespace

std::uint64_t usable_memory_bytes() {
  return std::min({built_in(), process_limit(), group_limit()});
}

}  // namespace partwise
