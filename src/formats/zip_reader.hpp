#pragma once
#include <cstdint>
#include <functional>
#include <partwise/byte_stream.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// A member of a zip file as its directory lists it.
struct ZipMember {
  std::string name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t bytes = 0;
  std::uint64_t header_at = 0;
};

/// The directory at the end, Zip64 too. Throws Error(malformed): no zip file, fields that do not
/// agree, two members of one name.
[[nodiscard]] std::vector<ZipMember> read_zip_directory(ByteSource& source);

/// Hands the member's bytes to `take` in blocks, in order. Stored and deflated members only.
/// Throws Error(malformed) if size or CRC are not those of the directory; what was taken is then
/// worthless.
void read_zip_member(ByteSource& source, const ZipMember& member,
                     const std::function<void(std::span<const std::byte>)>& take);

}  // namespace partwise
