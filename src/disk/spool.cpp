#include <algorithm>
#include <disk/spool.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>

namespace partwise {

void throw_too_large(const std::string& name, std::uint64_t max_bytes) {
  constexpr std::uint64_t kMegabyte = 1'000'000;
  throw Error(ErrorCode::resource_limit, name + ": it has more than " +
                                             std::to_string(max_bytes / kMegabyte) +
                                             " MB, which is what may be held of it (max-memory)");
}

void Spool::append(std::span<const std::byte> bytes) {
  if (bytes.size() > max_bytes_ - size_) throw_too_large(name_, max_bytes_);
  while (!bytes.empty()) {
    const auto at = static_cast<std::size_t>(size_ % kBlockBytes);
    // Not value-initialised: pages are touched when bytes come.
    if (at == 0) blocks_.push_back(std::unique_ptr<Block>(new Block));
    const std::size_t count = std::min(bytes.size(), kBlockBytes - at);
    std::copy_n(bytes.data(), count, blocks_.back()->data() + at);
    bytes = bytes.subspan(count);
    size_ += count;
  }
}

std::size_t Spool::read_at(std::uint64_t offset, std::span<std::byte> out) {
  std::size_t done = 0;
  while (done < out.size() && offset + done < size_) {
    const std::uint64_t from = offset + done;
    const auto at = static_cast<std::size_t>(from % kBlockBytes);
    const auto in_block = std::min<std::uint64_t>(kBlockBytes - at, size_ - from);
    const std::size_t count = std::min<std::uint64_t>(in_block, out.size() - done);
    std::copy_n(blocks_[static_cast<std::size_t>(from / kBlockBytes)]->data() + at, count,
                out.data() + done);
    done += count;
  }
  return done;
}

}  // namespace partwise
