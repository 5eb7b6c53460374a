#include <malloc.h>

#include <fstream>
#include <measure/memory_use.hpp>
#include <string>

namespace partwise::bench {
namespace {

/// A line "VmHWM:  1234 kB" of /proc/self/status, in bytes.
std::int64_t status_bytes(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kilobytes = 0;
    if (word == field + ":" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

}  // namespace

std::int64_t resident_bytes() {
  malloc_trim(0);
  return status_bytes("VmRSS");
}

std::int64_t peak_resident_bytes() { return status_bytes("VmHWM"); }

void forget_peak() {
  constexpr const char* kResetPeak = "5";  // proc(5), clear_refs
  std::ofstream("/proc/self/clear_refs") << kResetPeak;
}

}  // namespace partwise::bench
