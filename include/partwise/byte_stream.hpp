#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace partwise {

/// Where bytes come from: a file, a download, an upload in a browser, a fuzzer.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// The length in bytes.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Reads up to out.size() bytes at `offset`; fewer only at the end. Returns how many.
  /// Throws Error(cannot_read).
  virtual std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) = 0;
  /// What a message calls it (a path as the user gave it).
  [[nodiscard]] virtual std::string name() const = 0;
};

/// Where bytes go to, in order. Nothing counts as written until finish() returned.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  /// Throws Error(cannot_write).
  virtual void write(std::span<const std::byte> bytes) = 0;
  /// Flushes, syncs and closes. Throws Error(cannot_write).
  virtual void finish() = 0;

  void write_text(const std::string& text) {
    write(std::as_bytes(std::span(text.data(), text.size())));
  }
};

/// A sink whose writer may go back (a container that completes its header at the end).
class SeekableSink : public ByteSink {
 public:
  /// The next write goes to `offset`, which is at most what was written.
  virtual void seek(std::uint64_t offset) = 0;
  [[nodiscard]] virtual std::uint64_t position() const = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

}  // namespace partwise
