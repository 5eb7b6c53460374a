# Puts the page of src/report/page/ into the library as byte arrays:
# page.css becomes partwise::page::page_css and page_css_sha256 (std::string_view), and so on; they are
# declared in report/page_assets.hpp. page.js and the modules that it imports become one script,
# bundle.js; page.css and the files that it imports become one style sheet.
function(partwise_embed_report target)
  set(page ${PROJECT_SOURCE_DIR}/src/report/page)
  set(scripts ${PROJECT_SOURCE_DIR}/cmake)
  set(generated ${PROJECT_BINARY_DIR}/generated)
  set(assets ${page}/page.html ${generated}/page.css ${generated}/bundle.js)
  file(GLOB_RECURSE modules CONFIGURE_DEPENDS ${page}/*.js)
  file(GLOB_RECURSE styles CONFIGURE_DEPENDS ${page}/*.css)
  add_custom_command(OUTPUT ${generated}/bundle.js
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${page} -DENTRY=page.js -DOUT=${generated}/bundle.js
            -P ${scripts}/join_modules.cmake
    DEPENDS ${modules} ${scripts}/join_modules.cmake VERBATIM)
  add_custom_command(OUTPUT ${generated}/page.css
    COMMAND ${CMAKE_COMMAND} -DIN=${page}/page.css -DOUT=${generated}/page.css -P ${scripts}/join_styles.cmake
    DEPENDS ${styles} ${scripts}/join_styles.cmake VERBATIM)
  add_custom_command(OUTPUT ${generated}/page_assets.cpp
    COMMAND ${CMAKE_COMMAND} "-DFILES=${assets}" -DOUT=${generated}/page_assets.cpp
            -P ${scripts}/embed_files.cmake
    DEPENDS ${assets} ${scripts}/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${generated}/page_assets.cpp)
endfunction()
