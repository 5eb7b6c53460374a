# cmake --install: headers, libraries, the program, and what find_package and pkg-config need. The
# codecs are an export set of their own, so that a program on the core alone needs no codec.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/partwise)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/partwise DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT development FILES_MATCHING PATTERN "*.hpp")
install(TARGETS partwise partwise_formats partwise_files partwise_outputs EXPORT partwise_core
        DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(EXPORT partwise_core NAMESPACE partwise:: FILE partwiseTargets.cmake
        DESTINATION ${package_dir} COMPONENT development)
if(TARGET partwise_codecs)
  install(TARGETS partwise_codecs EXPORT partwise_codecs DESTINATION ${CMAKE_INSTALL_LIBDIR}
          COMPONENT development)
  install(EXPORT partwise_codecs NAMESPACE partwise:: FILE partwiseCodecsTargets.cmake
          DESTINATION ${package_dir} COMPONENT development)
endif()
if(TARGET partwise_program)
  install(TARGETS partwise_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
endif()
install(FILES LICENSE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT licences)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/partwiseConfig.cmake.in
  ${PROJECT_BINARY_DIR}/partwiseConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may break its callers.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/partwiseConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/partwiseConfig.cmake
              ${PROJECT_BINARY_DIR}/partwiseConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT development)

# Relative, so that an installed tree can be moved.
file(RELATIVE_PATH pc_include_from_lib ${CMAKE_INSTALL_FULL_LIBDIR} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
set(pc_threads "")
if(PARTWISE_THREADS)
  set(pc_threads "-pthread")
endif()
set(pc_fft "")
if(PARTWISE_FFT STREQUAL "fftw")
  set(pc_fft "fftw3 fftw3f")
endif()
set(pc_files partwise)
if(TARGET partwise_codecs)
  list(APPEND pc_files partwise_codecs)
endif()
foreach(pc IN LISTS pc_files)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${pc}.pc.in ${PROJECT_BINARY_DIR}/${pc}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${pc}.pc DESTINATION ${pkgconfig_dir} COMPONENT development)
endforeach()
