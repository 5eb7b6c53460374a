#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <disk/file_sink.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <utility>

namespace partwise {
namespace {

// kBufferBytes: few system calls, and still in the cache when it is hashed.

/// A write that ends inside a page makes the next one look that page up again.
constexpr std::uint64_t kPageBytes = 4096;

/// The disk is set to work on as much at once: smaller pieces would lie scattered on it.
constexpr std::uint64_t kDiskBytes = std::uint64_t{2} << 20;

}  // namespace

FileSink::FileSink(UniqueFd file, std::string path, std::function<void(StagedFile)> on_finish)
    : file_(std::move(file)), path_(std::move(path)), on_finish_(std::move(on_finish)) {
  buffer_.reserve(kBufferBytes);
}

void FileSink::throw_cannot_write(int error_number) const {
  throw Error(ErrorCode::cannot_write, "cannot write " + path_ + ": " + system_text(error_number));
}

std::uint64_t FileSink::size() const { return std::max(end_, position()); }

void FileSink::write_out(std::span<const std::byte> bytes) {
  const std::uint64_t begin = flushed_at_;
  while (!bytes.empty()) {
    const ::ssize_t done =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<::off_t>(flushed_at_));
    if (done < 0 && errno == EINTR) continue;
    // A write of nothing would be repeated for ever.
    if (done <= 0) throw_cannot_write(done < 0 ? errno : EIO);
    flushed_at_ += static_cast<std::uint64_t>(done);
    bytes = bytes.subspan(static_cast<std::size_t>(done));
  }
  end_ = std::max(end_, flushed_at_);
  written_ += flushed_at_ - begin;
  if (written_ - started_ >= kDiskBytes) start_disk();
}

void FileSink::start_disk() {
  // Where the file system can: whether all went well is fsync's to say.
  ::sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  started_ = written_;
}

void FileSink::start_writing() {
  flush();
  start_disk();
}

void FileSink::put(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (in_order_) hash_.update(bytes);
  write_out(bytes);
}

std::span<const std::byte> FileSink::whole_pages() const {
  const std::uint64_t end = position() / kPageBytes * kPageBytes;
  const std::size_t count = end > flushed_at_ ? static_cast<std::size_t>(end - flushed_at_) : 0;
  return std::span(buffer_).first(count);
}

void FileSink::drop(std::size_t count) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(count));
}

void FileSink::flush() {
  put(buffer_);
  buffer_.clear();
}

void FileSink::hash_both(FileSink& a, std::span<const std::byte> bytes_a, FileSink& b,
                         std::span<const std::byte> bytes_b) {
  if (a.in_order_ && b.in_order_) {
    Sha256::update_both(a.hash_, bytes_a, b.hash_, bytes_b);
  } else {
    if (a.in_order_) a.hash_.update(bytes_a);
    if (b.in_order_) b.hash_.update(bytes_b);
  }
}

void FileSink::flush_both(FileSink& a, FileSink& b) {
  const std::span<const std::byte> bytes_a = a.whole_pages(), bytes_b = b.whole_pages();
  hash_both(a, bytes_a, b, bytes_b);
  for (const auto& [sink, bytes] : {std::pair(&a, bytes_a), std::pair(&b, bytes_b)}) {
    if (bytes.empty()) continue;
    sink->write_out(bytes);
    sink->drop(bytes.size());
  }
}

void FileSink::complete_page(std::span<const std::byte>& bytes) {
  const std::uint64_t started = position() % kPageBytes;
  const std::size_t missing = started == 0 ? 0 : static_cast<std::size_t>(kPageBytes - started);
  const std::size_t count = std::min(missing, bytes.size());
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
  bytes = bytes.subspan(count);
}

void FileSink::write_both(FileSink& a, std::span<const std::byte> bytes_a, FileSink& b,
                          std::span<const std::byte> bytes_b) {
  a.complete_page(bytes_a);
  b.complete_page(bytes_b);
  flush_both(a, b);
  while (a.buffer_.empty() && b.buffer_.empty()) {
    const std::size_t common = std::min(bytes_a.size(), bytes_b.size());
    const std::size_t count = std::min(kBufferBytes, common / kPageBytes * kPageBytes);
    if (count == 0) break;
    hash_both(a, bytes_a.first(count), b, bytes_b.first(count));
    a.write_out(bytes_a.first(count));
    b.write_out(bytes_b.first(count));
    bytes_a = bytes_a.subspan(count);
    bytes_b = bytes_b.subspan(count);
  }
  a.write(bytes_a);
  b.write(bytes_b);
}

void FileSink::write(std::span<const std::byte> bytes) {
  if (buffer_.size() + bytes.size() > kBufferBytes) flush();
  if (bytes.size() >= kBufferBytes) {
    put(bytes);
  } else {
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  }
}

void FileSink::seek(std::uint64_t offset) {
  if (offset == position()) return;
  assert(offset <= size());
  flush();
  flushed_at_ = offset;
  in_order_ = false;
}

std::string FileSink::hash_again() const {
  Sha256 hash;
  std::vector<std::byte> bytes(kBufferBytes);
  for (std::uint64_t at = 0; at < end_;) {
    const ::ssize_t got =
        ::pread(file_.get(), bytes.data(), bytes.size(), static_cast<::off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw_cannot_write(got < 0 ? errno : EIO);
    hash.update(std::span(bytes).first(static_cast<std::size_t>(got)));
    at += static_cast<std::uint64_t>(got);
  }
  return hash.finish();
}

void FileSink::finish() {
  flush();
  StagedFile result;
  result.bytes = end_;
  result.sha256 = in_order_ ? hash_.finish() : hash_again();
  if (::fsync(file_.get()) != 0) throw_cannot_write(errno);
  // Some file systems report a full disk only here.
  if (::close(file_.release()) != 0) throw_cannot_write(errno);
  on_finish_(std::move(result));
}

}  // namespace partwise
