# Puts the page of src/report/page/ into the library as byte arrays:
# page.css becomes partwise::page::page_css and page_css_sha256 (std::string_view), and so on; they are
# declared in report/page_assets.hpp. page.js and the modules that it imports become one script, bundle.js.
function(partwise_embed_report target)
  set(page ${PROJECT_SOURCE_DIR}/src/report/page)
  set(generated ${PROJECT_BINARY_DIR}/generated)
  file(GLOB_RECURSE modules CONFIGURE_DEPENDS ${page}/*.js)
  set(assets ${page}/page.html ${page}/page.css ${generated}/bundle.js)
  add_custom_command(OUTPUT ${generated}/bundle.js
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${page} -DENTRY=page.js -DOUT=${generated}/bundle.js
            -P ${PROJECT_SOURCE_DIR}/cmake/join_modules.cmake
    DEPENDS ${modules} ${PROJECT_SOURCE_DIR}/cmake/join_modules.cmake VERBATIM)
  add_custom_command(OUTPUT ${generated}/page_assets.cpp
    COMMAND ${CMAKE_COMMAND} "-DFILES=${assets}" -DOUT=${generated}/page_assets.cpp
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${assets} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${generated}/page_assets.cpp)
endfunction()
