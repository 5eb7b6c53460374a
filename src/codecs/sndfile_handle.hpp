#pragma once
#include <sndfile.h>

#include <codecs/probe.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <partwise/byte_stream.hpp>
#include <span>
#include <string>

namespace partwise {

struct SndfileCloser {
  void operator()(::SNDFILE* file) const { ::sf_close(file); }
};
using SndfilePtr = std::unique_ptr<::SNDFILE, SndfileCloser>;

/// A source as libsndfile's calls see it. What the source throws must not pass through C: it is
/// kept, the call reports an end, and rethrow() lets it go on.
class VirtualInput {
 public:
  explicit VirtualInput(ByteSource& source, std::optional<Overlay> overlay = {})
      : source_(source), overlay_(overlay) {}

  /// Null if libsndfile refuses. This object must outlive the handle.
  [[nodiscard]] SndfilePtr open(::SF_INFO& info);
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  ::sf_count_t read(void* out, ::sf_count_t count) noexcept;
  ::sf_count_t seek(::sf_count_t offset, int whence) noexcept;

  void lay_over(std::span<std::byte> bytes) const;

  ByteSource& source_;
  std::optional<Overlay> overlay_;
  ::sf_count_t position_ = 0;
  std::exception_ptr error_;
};

/// The same for a sink that is written to.
class VirtualOutput {
 public:
  explicit VirtualOutput(SeekableSink& sink) : sink_(sink) {}

  [[nodiscard]] SndfilePtr open(::SF_INFO& info);
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  ::sf_count_t write(const void* bytes, ::sf_count_t count) noexcept;
  ::sf_count_t seek(::sf_count_t offset, int whence) noexcept;

  SeekableSink& sink_;
  std::exception_ptr error_;
};

/// libsndfile's words for what is wrong, as one line. `file` may be null: the last open.
[[nodiscard]] std::string sndfile_text(::SNDFILE* file);

}  // namespace partwise
