#include <formats/sha256.hpp>
#include <partwise/outputs.hpp>
#include <span>
#include <vector>

namespace partwise {

std::string sha256_of(ByteSource& source) {
  constexpr std::size_t kBlockBytes = 1 << 18;  // few system calls, and in a core's cache
  std::vector<std::byte> block(kBlockBytes);
  Sha256 hash;
  std::uint64_t at = 0;
  while (const std::size_t got = source.read_at(at, block)) {
    hash.update(std::span(block).first(got));
    at += got;
  }
  return hash.finish();
}

}  // namespace partwise
