# Puts the files of src/report/page/ into the library as byte arrays:
# partwise::page::page_html, page_css, page_js (std::string_view), declared in report/page_assets.hpp.
function(partwise_embed_report target)
  set(page ${PROJECT_SOURCE_DIR}/src/report/page)
  file(GLOB assets CONFIGURE_DEPENDS ${page}/*.html ${page}/*.css ${page}/*.js)
  set(out ${PROJECT_BINARY_DIR}/generated/page_assets.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${assets}" -DOUT=${out} -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${assets} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
