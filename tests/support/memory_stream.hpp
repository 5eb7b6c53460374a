#pragma once
// Bytes in memory as source and sink.
#include <algorithm>
#include <partwise/byte_stream.hpp>
#include <string>
#include <utility>
#include <vector>

namespace partwise::test {

using Bytes = std::vector<std::byte>;

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(Bytes bytes, std::string name = "memory")
      : bytes_(std::move(bytes)), name_(std::move(name)) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    if (offset >= bytes_.size()) return 0;
    const auto count = std::min<std::size_t>(out.size(), bytes_.size() - offset);
    std::copy_n(bytes_.data() + offset, count, out.data());
    return count;
  }
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  Bytes bytes_;
  std::string name_;
};

class MemorySink final : public SeekableSink {
 public:
  void write(std::span<const std::byte> bytes) override {
    bytes_.resize(std::max(bytes_.size(), position_ + bytes.size()));
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(position_));
    position_ += bytes.size();
  }
  void finish() override { finished_ = true; }
  void seek(std::uint64_t offset) override { position_ = offset; }
  [[nodiscard]] std::uint64_t position() const override { return position_; }
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] bool finished() const { return finished_; }

 private:
  Bytes bytes_;
  std::size_t position_ = 0;
  bool finished_ = false;
};

inline Bytes to_bytes(std::string_view text) {
  const auto span = std::as_bytes(std::span(text.data(), text.size()));
  return {span.begin(), span.end()};
}

}  // namespace partwise::test
