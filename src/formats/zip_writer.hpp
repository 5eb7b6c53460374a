#pragma once
#include <cstdint>
#include <formats/byte_writer.hpp>
#include <partwise/byte_stream.hpp>
#include <span>
#include <string>
#include <string_view>

namespace partwise {

/// A member of a zip archive: its size and checksum are known before its bytes are written.
struct ZipMember {
  std::string name;
  std::uint64_t num_bytes = 0;
  std::uint32_t crc = 0;  ///< CRC-32 of all its bytes, see crc32_of()
};

/// CRC-32 (ITU-T V.42) of bytes that follow others whose CRC-32 is `before`.
[[nodiscard]] std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t before = 0);

/// Writes a zip archive (PKWARE APPNOTE 6.3) of stored members, one after the other, with Zip64
/// records where sizes need them. Entries have the date 1980-01-01, so equal members give equal
/// archives. Does not finish the sink.
class ZipWriter {
 public:
  explicit ZipWriter(ByteSink& sink) : sink_(sink) {}

  /// Starts a member; exactly member.num_bytes bytes follow through write().
  void begin(const ZipMember& member);
  void write(std::span<const std::byte> bytes);
  /// A whole member at once.
  void add(const std::string& name, std::string_view text);
  /// Writes the directory. Throws Error(internal) if the last member is incomplete.
  void finish();

 private:
  void put(std::span<const std::byte> bytes);
  void check_complete() const;

  ByteSink& sink_;
  ByteWriter directory_;
  std::uint64_t num_members_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t missing_ = 0;  ///< bytes of the current member that are still to come
};

}  // namespace partwise
