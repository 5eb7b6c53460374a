#include <algorithm>
#include <codecs/sndfile_handle.hpp>
#include <cstdio>
#include <span>

namespace partwise {
namespace {

/// Where a seek leads, or -1 if that is before the beginning. Behind the end is allowed, as in
/// files: libmpg123 goes there in truncated ones, and prints an error where it is refused.
::sf_count_t target_of(::sf_count_t offset, int whence, ::sf_count_t position, ::sf_count_t size) {
  ::sf_count_t base = 0;
  if (whence == SEEK_CUR) base = position;
  if (whence == SEEK_END) base = size;
  ::sf_count_t target = 0;
  // Offsets come from headers that may lie.
  if (__builtin_add_overflow(base, offset, &target)) return -1;
  return target < 0 ? -1 : target;
}

}  // namespace

void VirtualInput::lay_over(std::span<std::byte> bytes) const {
  if (!overlay_) return;
  const auto begin = static_cast<std::uint64_t>(position_);
  for (std::size_t i = 0; i < overlay_->bytes.size(); ++i) {
    const std::uint64_t at = overlay_->offset + i;
    if (at >= begin && at - begin < bytes.size()) bytes[at - begin] = overlay_->bytes[i];
  }
}

::sf_count_t VirtualInput::read(void* out, ::sf_count_t count) noexcept {
  if (error_ || count <= 0) return 0;
  try {
    const auto bytes = std::span(static_cast<std::byte*>(out), static_cast<std::size_t>(count));
    const auto got =
        static_cast<::sf_count_t>(source_.read_at(static_cast<std::uint64_t>(position_), bytes));
    lay_over(bytes.first(static_cast<std::size_t>(got)));
    position_ += got;
    return got;
  } catch (...) {
    error_ = std::current_exception();
    return 0;
  }
}

::sf_count_t VirtualInput::seek(::sf_count_t offset, int whence) noexcept {
  const ::sf_count_t target =
      target_of(offset, whence, position_, static_cast<::sf_count_t>(source_.size()));
  if (target >= 0) position_ = target;
  return target;
}

SndfilePtr VirtualInput::open(::SF_INFO& info) {
  static ::SF_VIRTUAL_IO calls = {
      [](void* self) {
        return static_cast<::sf_count_t>(static_cast<VirtualInput*>(self)->source_.size());
      },
      [](::sf_count_t offset, int whence, void* self) {
        return static_cast<VirtualInput*>(self)->seek(offset, whence);
      },
      [](void* out, ::sf_count_t count, void* self) {
        return static_cast<VirtualInput*>(self)->read(out, count);
      },
      [](const void*, ::sf_count_t, void*) { return ::sf_count_t{0}; },
      [](void* self) { return static_cast<VirtualInput*>(self)->position_; }};
  return SndfilePtr(::sf_open_virtual(&calls, SFM_READ, &info, this));
}

::sf_count_t VirtualOutput::write(const void* bytes, ::sf_count_t count) noexcept {
  if (error_ || count <= 0) return 0;
  try {
    sink_.write(std::span(static_cast<const std::byte*>(bytes), static_cast<std::size_t>(count)));
    return count;
  } catch (...) {
    error_ = std::current_exception();
    return 0;
  }
}

::sf_count_t VirtualOutput::seek(::sf_count_t offset, int whence) noexcept {
  if (error_) return -1;
  try {
    const ::sf_count_t target =
        target_of(offset, whence, static_cast<::sf_count_t>(sink_.position()),
                  static_cast<::sf_count_t>(sink_.size()));
    if (target < 0 || target > static_cast<::sf_count_t>(sink_.size())) return -1;
    sink_.seek(static_cast<std::uint64_t>(target));
    return target;
  } catch (...) {
    error_ = std::current_exception();
    return -1;
  }
}

SndfilePtr VirtualOutput::open(::SF_INFO& info) {
  static ::SF_VIRTUAL_IO calls = {
      [](void* self) {
        return static_cast<::sf_count_t>(static_cast<VirtualOutput*>(self)->sink_.size());
      },
      [](::sf_count_t offset, int whence, void* self) {
        return static_cast<VirtualOutput*>(self)->seek(offset, whence);
      },
      [](void*, ::sf_count_t, void*) { return ::sf_count_t{0}; },
      [](const void* bytes, ::sf_count_t count, void* self) {
        return static_cast<VirtualOutput*>(self)->write(bytes, count);
      },
      [](void* self) {
        return static_cast<::sf_count_t>(static_cast<VirtualOutput*>(self)->sink_.position());
      }};
  return SndfilePtr(::sf_open_virtual(&calls, SFM_WRITE, &info, this));
}

std::string sndfile_text(::SNDFILE* file) {
  std::string text = ::sf_strerror(file);
  std::replace_if(text.begin(), text.end(), [](char c) { return c < 0x20; }, ' ');
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.pop_back();
  return text;
}

}  // namespace partwise
