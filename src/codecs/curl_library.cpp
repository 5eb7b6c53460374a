#include <dlfcn.h>

#include <array>
#include <codecs/curl_library.hpp>
#include <memory>
#include <partwise/error.hpp>

namespace partwise {
namespace {

// The interface is the same since 2006; both builds are Debian's.
constexpr std::array<const char*, 2> kNames = {"libcurl.so.4", "libcurl-gnutls.so.4"};

void* load_library() {
  for (const char* name : kNames) {
    // Kept for good: its TLS library registers handlers for the end of the process.
    if (void* library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) return library;
  }
  throw Error(ErrorCode::network,
              "addresses are fetched by libcurl, which is not installed (Debian package libcurl4)");
}

template <class Function>
void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) {
    throw Error(ErrorCode::network,
                std::string("the installed libcurl has no ") + name + ", expected 7.85 or newer");
  }
}

std::string part_of(const CurlLibrary& curl, ::CURLU* url, ::CURLUPart part) {
  char* text = nullptr;
  if (curl.url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
  std::string out(text);
  curl.free(text);
  return out;
}

}  // namespace

CurlLibrary::CurlLibrary() {
  void* library = load_library();
  find(library, "curl_easy_init", easy_init);
  find(library, "curl_easy_setopt", easy_setopt);
  find(library, "curl_easy_perform", easy_perform);
  find(library, "curl_easy_getinfo", easy_getinfo);
  find(library, "curl_easy_strerror", easy_strerror);
  find(library, "curl_easy_cleanup", easy_cleanup);
  find(library, "curl_url", url);
  find(library, "curl_url_set", url_set);
  find(library, "curl_url_get", url_get);
  find(library, "curl_url_cleanup", url_cleanup);
  find(library, "curl_free", free);
}

ShownAddress shown_address(const CurlLibrary& curl, const std::string& address) {
  const std::unique_ptr<::CURLU, decltype(curl.url_cleanup)> url(curl.url(), curl.url_cleanup);
  const bool sound = url && curl.url_set(url.get(), CURLUPART_URL, address.c_str(), 0) == CURLUE_OK;
  ShownAddress out;
  if (sound) out.scheme = part_of(curl, url.get(), CURLUPART_SCHEME);
  if (out.scheme != "http" && out.scheme != "https") {
    throw Error(ErrorCode::usage,
                "this address cannot be understood, expected one like https://host/path/song.flac");
  }
  const std::string port = part_of(curl, url.get(), CURLUPART_PORT);
  out.text = out.scheme + "://" + part_of(curl, url.get(), CURLUPART_HOST) +
             (port.empty() ? "" : ":" + port) + part_of(curl, url.get(), CURLUPART_PATH);
  return out;
}

}  // namespace partwise
