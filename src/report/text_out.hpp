#pragma once
#include <partwise/byte_stream.hpp>
#include <span>
#include <string>
#include <string_view>

namespace partwise::report {

/// Gathers text and hands it to a sink in blocks.
class TextOut {
 public:
  explicit TextOut(ByteSink& sink) : sink_(sink) {}

  TextOut& operator<<(std::string_view text) {
    text_ += text;
    flush_if_large();
    return *this;
  }
  void flush_if_large() {
    constexpr std::size_t kBlock = 256 * 1024;  // large beside a system call, small beside a page
    if (text_.size() >= kBlock) flush();
  }
  void flush() {
    sink_.write(std::as_bytes(std::span(text_.data(), text_.size())));
    text_.clear();
  }

 private:
  ByteSink& sink_;
  std::string text_;
};

}  // namespace partwise::report
