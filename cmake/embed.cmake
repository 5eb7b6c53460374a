# Puts the page of src/report/page/ into the library as byte arrays:
# page.css becomes partwise::page::page_css and page_css_sha256 (std::string_view), and so on; they are
# declared in report/page_assets.hpp. The scripts named in order.txt become one, bundle.js.
function(partwise_embed_report target)
  set(page ${PROJECT_SOURCE_DIR}/src/report/page)
  file(STRINGS ${page}/order.txt scripts)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page}/order.txt)
  list(TRANSFORM scripts PREPEND ${page}/)
  set(assets ${page}/page.html ${page}/page.css ${PROJECT_BINARY_DIR}/generated/bundle.js)
  set(out ${PROJECT_BINARY_DIR}/generated/page_assets.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DSCRIPTS=${scripts}" "-DFILES=${assets}" -DOUT=${out}
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${page}/page.html ${page}/page.css ${scripts} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
