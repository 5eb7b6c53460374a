#pragma once
#include <curl/curl.h>

#include <string>

namespace partwise {

/// What is used of libcurl. It is loaded when this is made and not before, for that takes
/// milliseconds.
struct CurlLibrary {
  /// Throws Error(network) if it is not installed.
  CurlLibrary();

  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_setopt) easy_setopt = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_url) url = nullptr;
  decltype(&::curl_url_set) url_set = nullptr;
  decltype(&::curl_url_get) url_get = nullptr;
  decltype(&::curl_url_cleanup) url_cleanup = nullptr;
  decltype(&::curl_free) free = nullptr;
};

/// An address as it may be shown: without user, password, query and fragment.
struct ShownAddress {
  std::string text;    ///< "https://host:8000/path"
  std::string scheme;  ///< "http" or "https"
};

/// Throws Error(usage) for what is not an http or https address; it shows nothing of that.
[[nodiscard]] ShownAddress shown_address(const CurlLibrary& curl, const std::string& address);

}  // namespace partwise
