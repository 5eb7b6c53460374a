#include <sys/socket.h>

#include <algorithm>
#include <codecs/http_get.hpp>
#include <codecs/network_address.hpp>
#include <formats/tag_text.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <partwise/version.hpp>

namespace partwise {
namespace {

constexpr long kFound = 200;
constexpr std::uint64_t kMostHeaderBytes = 1 << 18;  // a hundred times what servers send

/// The value of a header line, if it is that header.
std::string_view value_of(std::string_view line, std::string_view name) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (line.size() <= name.size() || line[name.size()] != ':') return {};
  if (!std::equal(name.begin(), name.end(), line.begin(),
                  [&](char a, char b) { return a == small(b); })) {
    return {};
  }
  return line.substr(name.size() + 1);
}

bool is_redirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

HttpGet::HttpGet(const CurlLibrary& curl, std::string shown, const InputLimits& limits,
                 Deadline deadline, bool refuse_local, const RunControl& control)
    : curl_(curl),
      handle_(curl.easy_init(), curl.easy_cleanup),
      shown_(std::move(shown)),
      limits_(limits),
      deadline_(deadline),
      refuse_local_(refuse_local),
      control_(control) {
  if (!handle_) throw std::bad_alloc();
  set_rules();
  set_callbacks();
}

template <class Value>
void HttpGet::set(::CURLoption option, Value value) {
  if (curl_.easy_setopt(handle_.get(), option, value) != CURLE_OK) {
    fail("the installed libcurl lacks a rule that is needed, expected 7.85 or newer");
  }
}

void HttpGet::set_rules() {
  constexpr double kMilliseconds = 1000;
  const std::chrono::duration<double> left = deadline_ - std::chrono::steady_clock::now();
  if (left.count() <= 0) fail("it took longer than " + number_text(limits_.total_s) + " s");
  const auto set_seconds = [this](::CURLoption option, double seconds) {
    set(option, static_cast<long>(std::max(1.0, seconds)));
  };
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // Through a proxy nobody here would see which address is reached.
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTPGET, 1L);
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(CURLOPT_USERAGENT, (std::string("partwise/") + kVersion).c_str());
  set_seconds(CURLOPT_CONNECTTIMEOUT_MS, limits_.connect_s * kMilliseconds);
  set_seconds(CURLOPT_TIMEOUT_MS, left.count() * kMilliseconds);
  set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits_.low_speed_bytes_s));
  set_seconds(CURLOPT_LOW_SPEED_TIME, limits_.low_speed_s);
  set(CURLOPT_MAXFILESIZE_LARGE,
      static_cast<curl_off_t>(std::min<std::uint64_t>(limits_.max_bytes, INT64_MAX)));
}

void HttpGet::set_callbacks() {
  const auto self = static_cast<void*>(this);
  set(CURLOPT_WRITEDATA, self);
  set(
      CURLOPT_WRITEFUNCTION,
      +[](char* bytes, std::size_t, std::size_t count, void* to) -> std::size_t {
        return static_cast<HttpGet*>(to)->take_body(std::as_bytes(std::span(bytes, count)));
      });
  set(CURLOPT_HEADERDATA, self);
  set(
      CURLOPT_HEADERFUNCTION,
      +[](char* bytes, std::size_t, std::size_t count, void* to) -> std::size_t {
        return static_cast<HttpGet*>(to)->take_header({bytes, count});
      });
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFODATA, self);
  set(
      CURLOPT_XFERINFOFUNCTION,
      +[](void* to, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
        return static_cast<HttpGet*>(to)->take_progress(now, total);
      });
  set(CURLOPT_OPENSOCKETDATA, self);
  set(
      CURLOPT_OPENSOCKETFUNCTION, +[](void* to, ::curlsocktype, ::curl_sockaddr* address) {
        return static_cast<HttpGet*>(to)->open_socket(*address);
      });
}

std::size_t HttpGet::take_body(std::span<const std::byte> bytes) noexcept {
  try {
    if (status() == kFound && encoding_.empty()) {
      body_->append(bytes);
      return bytes.size();
    }
    // The words of a redirect pass by, for libcurl tells its target at their end. What else a
    // server sends is not wanted: the connection is cut.
    unwanted_bytes_ += bytes.size();
    return is_redirect(status()) && unwanted_bytes_ <= kMostHeaderBytes ? bytes.size() : 0;
  } catch (...) {
    error_ = std::current_exception();
    return 0;
  }
}

std::size_t HttpGet::take_header(std::string_view line) noexcept {
  try {
    header_bytes_ += line.size();
    if (header_bytes_ > kMostHeaderBytes) {
      fail("its header has more than " + std::to_string(kMostHeaderBytes) + " bytes");
    }
    const std::string encoding = tag_text(value_of(line, "content-encoding"));
    if (!encoding.empty() && encoding != "identity") encoding_ = encoding;
    return line.size();
  } catch (...) {
    error_ = std::current_exception();
    return 0;
  }
}

int HttpGet::take_progress(curl_off_t now, curl_off_t total) noexcept {
  try {
    control_.check_stop();
    const double share = total > 0 ? static_cast<double>(now) / static_cast<double>(total) : 0;
    control_.report({Stage::fetch, share, 0, 0});
    return 0;
  } catch (...) {
    error_ = std::current_exception();
    return 1;
  }
}

::curl_socket_t HttpGet::open_socket(const ::curl_sockaddr& address) noexcept {
  const bool local = is_local_address(address.addr);
  if (local && refuse_local_) {
    refused_local_ = true;
    return CURL_SOCKET_BAD;
  }
  if (!local) reached_public_ = true;
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

long HttpGet::status() const {
  long status = 0;
  curl_.easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

void HttpGet::fail(const std::string& why) const {
  throw Error(ErrorCode::network, shown_ + ": " + why);
}

void HttpGet::check(::CURLcode result) const {
  if (error_) std::rethrow_exception(error_);
  if (refused_local_) {
    fail(
        "the redirect leads from a public address to one of this machine or network, which is "
        "not followed");
  }
  if (result == CURLE_FILESIZE_EXCEEDED) throw_too_large(shown_, limits_.max_bytes);
  if (result == CURLE_OPERATION_TIMEDOUT) {
    fail("it is too slow: no connection in " + number_text(limits_.connect_s) + " s, less than " +
         number_text(limits_.low_speed_bytes_s) + " bytes a second for " +
         number_text(limits_.low_speed_s) + " s, or more than " + number_text(limits_.total_s) +
         " s in all");
  }
  if (result == CURLE_PARTIAL_FILE || result == CURLE_RECV_ERROR) {
    fail("the connection ended before the body did, after " + std::to_string(body_->size()) +
         " bytes");
  }
  const bool answered = result == CURLE_OK || result == CURLE_WRITE_ERROR;
  if (!answered) fail(tag_text(curl_.easy_strerror(result)));
  if (is_redirect(status())) return;
  if (status() != kFound) {
    fail("the server answers " + std::to_string(status()) + ", expected 200");
  }
  if (!encoding_.empty()) {
    fail("the server sends it coded as " + encoding_ + ", which was not asked for");
  }
}

std::string HttpGet::redirect() const {
  if (!is_redirect(status())) return {};
  char* target = nullptr;
  curl_.easy_getinfo(handle_.get(), CURLINFO_REDIRECT_URL, &target);
  if (target == nullptr) fail("the server redirects to nowhere, or to what is no http address");
  return target;
}

std::string HttpGet::fetch(const std::string& address, Spool& body) {
  body_ = &body;
  set(CURLOPT_URL, address.c_str());
  check(curl_.easy_perform(handle_.get()));
  return redirect();
}

}  // namespace partwise
