#pragma once
#include <array>
#include <memory>
#include <partwise/byte_stream.hpp>
#include <string>
#include <vector>

namespace partwise {

/// Takes a stream as it comes and keeps it, in blocks: nothing is copied as it grows.
class Spool final : public ByteSource {
 public:
  Spool(std::string name, std::uint64_t max_bytes)
      : name_(std::move(name)), max_bytes_(max_bytes) {}

  /// Throws Error(resource_limit) when it becomes more than allowed.
  void append(std::span<const std::byte> bytes);

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override;
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  static constexpr std::size_t kBlockBytes = 1 << 20;
  using Block = std::array<std::byte, kBlockBytes>;

  std::string name_;
  std::uint64_t max_bytes_;
  std::uint64_t size_ = 0;
  std::vector<std::unique_ptr<Block>> blocks_;
};

/// "song: more than 100 MB, expected at most that (max-memory)".
[[noreturn]] void throw_too_large(const std::string& name, std::uint64_t max_bytes);

}  // namespace partwise
