#pragma once
#include <string_view>

namespace partwise::page {

/// The files of src/report/page/, put into the library by cmake/embed.cmake, and the SHA-256 of
/// their bytes in hexadecimal.
extern const std::string_view page_html;
extern const std::string_view page_css, page_css_sha256;
extern const std::string_view words_js, words_js_sha256;        // facts to sentences
extern const std::string_view plot_js, plot_js_sha256;          // axes, colours, canvases
extern const std::string_view pictures_js, pictures_js_sha256;  // what is drawn
extern const std::string_view players_js, players_js_sha256;    // what is heard, and where it is
extern const std::string_view page_js, page_js_sha256;          // puts the page together

}  // namespace partwise::page
