#pragma once
#include <cstdint>
#include <disk/staged_folder.hpp>
#include <disk/unique_fd.hpp>
#include <formats/sha256.hpp>
#include <functional>
#include <partwise/byte_stream.hpp>
#include <string>
#include <vector>

namespace partwise {

/// Writes and hashes a file through a buffer; every write, the sync and the close are checked. The
/// disk is set to work as bytes arrive, so that little is left to wait for at the end.
class FileSink final : public SeekableSink {
 public:
  /// `file` is empty and open for reading and writing; `path` is for messages. `on_finish` gets
  /// size and hash once everything is on the disk.
  FileSink(UniqueFd file, std::string path, std::function<void(StagedFile)> on_finish);

  void write(std::span<const std::byte> bytes) override;
  void finish() override;
  void seek(std::uint64_t offset) override;
  [[nodiscard]] std::uint64_t position() const override { return flushed_at_ + buffer_.size(); }
  [[nodiscard]] std::uint64_t size() const override;

  /// What a sink gathers before it hashes and writes.
  static constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

  /// Empties both buffers but for a started page. Hashing two takes little more time than one.
  static void flush_both(FileSink& a, FileSink& b);

  /// a.write(bytes_a) and b.write(bytes_b), hashed together, and without a copy of most of them.
  static void write_both(FileSink& a, std::span<const std::byte> bytes_a, FileSink& b,
                         std::span<const std::byte> bytes_b);

  /// Hands everything so far to the disk, without waiting: of several files, each then has less to
  /// wait for in finish().
  void start_writing();

 private:
  /// What of the buffer to write so that the next write begins with a page of the file.
  [[nodiscard]] std::span<const std::byte> whole_pages() const;
  void flush();
  void put(std::span<const std::byte> bytes);
  void write_out(std::span<const std::byte> bytes);
  static void hash_both(FileSink& a, std::span<const std::byte> bytes_a, FileSink& b,
                        std::span<const std::byte> bytes_b);
  /// Sets the disk to work on what was written since the last time.
  void start_disk();
  /// Takes from `bytes` into the buffer what completes a page of the file.
  void complete_page(std::span<const std::byte>& bytes);
  void drop(std::size_t count);
  [[nodiscard]] std::string hash_again() const;
  [[noreturn]] void throw_cannot_write(int error_number) const;

  UniqueFd file_;
  std::string path_;
  std::function<void(StagedFile)> on_finish_;
  std::vector<std::byte> buffer_;
  std::uint64_t flushed_at_ = 0;  ///< where the buffer belongs
  std::uint64_t end_ = 0;         ///< what has reached the file
  std::uint64_t started_ = 0;     ///< bytes written when the disk was last set to work
  std::uint64_t written_ = 0;     ///< bytes written
  bool in_order_ = true;          ///< nobody has gone back: hash_ is that of the file
  Sha256 hash_;
};

}  // namespace partwise
