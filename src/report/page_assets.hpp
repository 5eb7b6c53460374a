#pragma once
#include <string_view>

namespace partwise::page {

/// The files of src/report/page/, put into the library by cmake/embed.cmake.
extern const std::string_view page_html;
extern const std::string_view page_css;
extern const std::string_view page_js;

}  // namespace partwise::page
