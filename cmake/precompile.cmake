# Half of compiling a small file is reading the standard library. These headers, which most files include,
# are read once per kind of code and used by all files of that kind. A file still includes what it uses.
option(PARTWISE_PRECOMPILE "Precompile the standard library's headers" ON)
set(PARTWISE_STANDARD_HEADERS
  <algorithm> <array> <bit> <charconv> <chrono> <cmath> <cstddef> <cstdint> <cstring> <functional> <limits>
  <map> <memory> <mutex> <numeric> <optional> <span> <string> <string_view> <utility> <variant> <vector>)

# partwise_precompile(TARGET [FROM OTHER] [HEADERS ...]): with OTHER's precompiled headers where both compile
# with the same flags, else with its own: the standard headers and HEADERS.
function(partwise_precompile target)
  if(NOT PARTWISE_PRECOMPILE)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 with "" "FROM" "HEADERS")
  if(with_FROM)
    target_precompile_headers(${target} REUSE_FROM ${with_FROM})
  else()
    target_precompile_headers(${target} PRIVATE ${PARTWISE_STANDARD_HEADERS} ${with_HEADERS})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # ccache needs the first. The warnings are those that the library's <bits/char_traits.h> turns off for
    # itself because they are wrong there; the compiler forgets such pragmas when it precompiles (GCC bug 64117).
    target_compile_options(${target} PRIVATE -fpch-preprocess -Wno-array-bounds -Wno-stringop-overflow
                                             -Wno-stringop-overread)
  endif()
endfunction()
