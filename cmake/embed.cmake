# Puts the files of src/report/page/ into the library as byte arrays:
# page.js becomes partwise::page::page_js and page_js_sha256 (std::string_view), and so on; they are
# declared in report/page_assets.hpp.
function(partwise_embed_report target)
  set(page ${PROJECT_SOURCE_DIR}/src/report/page)
  file(GLOB assets CONFIGURE_DEPENDS ${page}/*.html ${page}/*.css ${page}/*.js)
  set(out ${PROJECT_BINARY_DIR}/generated/page_assets.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${assets}" -DOUT=${out} -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${assets} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
