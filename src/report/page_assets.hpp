#pragma once
#include <string_view>

namespace partwise::page {

/// The files of src/report/page/, put into the library by cmake/embed.cmake, and the SHA-256 of
/// their bytes in hexadecimal. bundle_js is page.js and the modules that it imports, joined by
/// cmake/join_modules.cmake.
extern const std::string_view page_html;
extern const std::string_view page_css, page_css_sha256;
extern const std::string_view bundle_js, bundle_js_sha256;

}  // namespace partwise::page
