# FILES (a list), OUT: writes a C++ file that holds each file's bytes as a std::string_view, and the
# SHA-256 of these bytes in hexadecimal as another one with the suffix _sha256 (the page's content
# security policy names scripts and styles by it).
set(text "// Made by cmake/embed_files.cmake from src/report/page/.\n#include <report/page_assets.hpp>\n\nnamespace partwise::page {\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER ${name} identifier)
  file(READ ${file} hex HEX)
  file(SHA256 ${file} digest)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND text "static constexpr char ${identifier}_bytes[] = {${bytes}'\\0'};\n"
    "const std::string_view ${identifier}{${identifier}_bytes, sizeof(${identifier}_bytes) - 1};\n"
    "const std::string_view ${identifier}_sha256{\"${digest}\"};\n")
endforeach()
string(APPEND text "}  // namespace partwise::page\n")
file(WRITE ${OUT} "${text}")
