#pragma once
#include <algorithm>
#include <partwise/byte_stream.hpp>
#include <utility>
#include <vector>

namespace partwise {

/// A file in memory.
class MemorySink final : public SeekableSink {
 public:
  void write(std::span<const std::byte> bytes) override {
    const std::size_t end = position_ + bytes.size();
    if (bytes_.size() < end) bytes_.resize(end);
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(position_));
    position_ = end;
  }
  void finish() override {}
  void seek(std::uint64_t offset) override { position_ = static_cast<std::size_t>(offset); }
  [[nodiscard]] std::uint64_t position() const override { return position_; }
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
  std::size_t position_ = 0;
};

}  // namespace partwise
