#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace partwise {

/// Collects little-endian fields.
class ByteWriter {
 public:
  void u16(std::uint64_t value) { put(static_cast<std::uint16_t>(value)); }
  void u32(std::uint64_t value) { put(static_cast<std::uint32_t>(value)); }
  void u64(std::uint64_t value) { put(value); }
  void text(std::string_view text) { append(text.data(), text.size()); }
  void raw(std::span<const std::byte> bytes) { append(bytes.data(), bytes.size()); }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  template <class T>
  void put(T value) {
    constexpr unsigned kByteBits = 8;
    for (std::size_t i = 0; i < sizeof value; ++i) {
      bytes_.push_back(static_cast<std::byte>(value >> (kByteBits * i)));
    }
  }
  void append(const void* data, std::size_t count) {
    const auto* p = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), p, p + count);
  }

  std::vector<std::byte> bytes_;
};

}  // namespace partwise
