# pocketfft as one C++ header. Debian ships it inside python3-pythran (as pocketfft.hpp); `./run` and
# `./test` unpack that package into .deps/, without installing it. Other systems name it
# pocketfft_hdronly.h. Set Pocketfft_ROOT to look elsewhere.
find_path(Pocketfft_INCLUDE_DIR
  NAMES pocketfft.hpp pocketfft_hdronly.h
  PATHS ${CMAKE_CURRENT_LIST_DIR}/../.deps/pocketfft
        /usr/lib/python3/dist-packages/pythran/pythonic/numpy/fft)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Pocketfft REQUIRED_VARS Pocketfft_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "run ./run or ./test once, or: apt-get install python3-pythran")
if(Pocketfft_FOUND AND NOT TARGET Pocketfft::Pocketfft)
  add_library(Pocketfft::Pocketfft INTERFACE IMPORTED)
  set_target_properties(Pocketfft::Pocketfft PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${Pocketfft_INCLUDE_DIR}")
  if(EXISTS ${Pocketfft_INCLUDE_DIR}/pocketfft.hpp)
    set_property(TARGET Pocketfft::Pocketfft PROPERTY
      INTERFACE_COMPILE_DEFINITIONS PARTWISE_POCKETFFT_HEADER=<pocketfft.hpp>)
  else()
    set_property(TARGET Pocketfft::Pocketfft PROPERTY
      INTERFACE_COMPILE_DEFINITIONS PARTWISE_POCKETFFT_HEADER=<pocketfft_hdronly.h>)
  endif()
endif()
