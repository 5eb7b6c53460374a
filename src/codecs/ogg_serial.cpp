// A page of Ogg (RFC 3533): "OggS", version, flags, position (8), serial (4), number (4), CRC (4),
// how many segments it has, their lengths, and then they themselves.
#include <algorithm>
#include <array>
#include <codecs/ogg_serial.hpp>
#include <cstdint>

namespace partwise {
namespace {

constexpr std::size_t kSerialAt = 14, kCrcAt = 22, kCountAt = 26, kHeaderBytes = 27;
constexpr std::uint32_t kSerial = 1;

/// CRC-32 of Ogg: polynomial 04C11DB7, from the highest bit down, beginning with 0.
constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i << 24;
    for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ ((crc >> 31) != 0 ? 0x04C11DB7U : 0U);
    table[i] = crc;
  }
  return table;
}();

void put_u32(std::span<std::byte> at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) at[i] = static_cast<std::byte>(value >> (8 * i) & 255U);
}

/// How long the page is that begins here; 0 where none does.
std::size_t page_bytes(std::span<const std::byte> bytes) {
  constexpr std::array kMark = {std::byte{'O'}, std::byte{'g'}, std::byte{'g'}, std::byte{'S'}};
  if (bytes.size() < kHeaderBytes || !std::equal(kMark.begin(), kMark.end(), bytes.begin()))
    return 0;
  const auto count = std::to_integer<std::size_t>(bytes[kCountAt]);
  std::size_t length = kHeaderBytes + count;
  if (bytes.size() < length) return 0;
  for (std::size_t i = 0; i < count; ++i)
    length += std::to_integer<std::size_t>(bytes[kHeaderBytes + i]);
  return length <= bytes.size() ? length : 0;
}

}  // namespace

void settle_ogg_serial(std::span<std::byte> bytes) {
  while (const std::size_t length = page_bytes(bytes)) {
    const auto page = bytes.first(length);
    put_u32(page.subspan(kSerialAt), kSerial);
    put_u32(page.subspan(kCrcAt), 0);
    std::uint32_t crc = 0;
    for (const std::byte b : page)
      crc = crc << 8 ^ kCrcTable[crc >> 24 ^ std::to_integer<std::uint32_t>(b)];
    put_u32(page.subspan(kCrcAt), crc);
    bytes = bytes.subspan(length);
  }
}

}  // namespace partwise
