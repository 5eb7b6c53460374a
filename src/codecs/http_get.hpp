#pragma once
#include <chrono>
#include <codecs/curl_library.hpp>
#include <disk/spool.hpp>
#include <exception>
#include <partwise/audio_input.hpp>
#include <partwise/run_control.hpp>
#include <string>

namespace partwise {

/// One request and its answer; redirects are only told, not followed.
class HttpGet {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// `refuse_local`: connect to no address of this machine or site. `shown` stands in messages.
  HttpGet(const CurlLibrary& curl, std::string shown, const InputLimits& limits, Deadline deadline,
          bool refuse_local, const RunControl& control);

  /// Fetches into `body`. Returns where the server sends us, empty for "here it is".
  /// Throws Error(network), Error(resource_limit), Error(stopped).
  [[nodiscard]] std::string fetch(const std::string& address, Spool& body);

  /// Was an address connected to that belongs to the world?
  [[nodiscard]] bool reached_public() const { return reached_public_; }

 private:
  using Handle = std::unique_ptr<::CURL, decltype(&::curl_easy_cleanup)>;

  template <class Value>
  void set(::CURLoption option, Value value);
  void set_rules();
  void set_callbacks();
  long status() const;
  [[noreturn]] void fail(const std::string& why) const;
  void check(::CURLcode result) const;
  std::string redirect() const;

  // What libcurl calls. Exceptions must not pass through C: they are kept.
  std::size_t take_body(std::span<const std::byte> bytes) noexcept;
  std::size_t take_header(std::string_view line) noexcept;
  int take_progress(curl_off_t now, curl_off_t total) noexcept;
  ::curl_socket_t open_socket(const ::curl_sockaddr& address) noexcept;

  const CurlLibrary& curl_;
  Handle handle_;
  std::string shown_;
  InputLimits limits_;
  Deadline deadline_;
  bool refuse_local_;
  const RunControl& control_;
  Spool* body_ = nullptr;
  std::exception_ptr error_;
  std::uint64_t header_bytes_ = 0;
  std::uint64_t unwanted_bytes_ = 0;
  std::string encoding_;  ///< of the body, where it is not as it was asked for
  bool reached_public_ = false;
  bool refused_local_ = false;
};

}  // namespace partwise
