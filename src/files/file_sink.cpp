#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <files/file_sink.hpp>
#include <files/text.hpp>
#include <partwise/error.hpp>

namespace partwise {
namespace {

// Few system calls, and still in the cache when it is hashed.
constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

}  // namespace

FileSink::FileSink(UniqueFd file, std::string path, std::function<void(StagedFile)> on_finish)
    : file_(std::move(file)), path_(std::move(path)), on_finish_(std::move(on_finish)) {
  buffer_.reserve(kBufferBytes);
}

void FileSink::throw_cannot_write(int error_number) const {
  throw Error(ErrorCode::cannot_write, "cannot write " + path_ + ": " + system_text(error_number));
}

std::uint64_t FileSink::size() const { return std::max(end_, position()); }

void FileSink::put(std::span<const std::byte> bytes) {
  if (in_order_) hash_.update(bytes);
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
}

void FileSink::flush() {
  put(buffer_);
  buffer_.clear();
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
