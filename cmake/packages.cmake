# Debian packages through CPack: partwise (the program) and libpartwise-dev (static libraries,
# headers, CMake package, pkg-config). `cmake --workflow --preset package` builds both. Why these two:
# docs/decisions/0011-packages.md.
set(PARTWISE_PACKAGE_CONTACT "The partwise authors <maintainers@partwise.invalid>" CACHE STRING
    "Who answers for the packages; who hands them on names themselves")
set(debian_dir ${CMAKE_CURRENT_LIST_DIR}/debian)

# What only a Debian package has. Plain `cmake --install` leaves it out.
function(partwise_debian_notes component package)
  set(notes ${CMAKE_INSTALL_DATAROOTDIR}/doc/${package})
  install(FILES ${debian_dir}/copyright DESTINATION ${notes} COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES ${debian_dir}/changelog DESTINATION ${notes} RENAME changelog.Debian
          COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${notes} RENAME changelog
          COMPONENT ${component} EXCLUDE_FROM_ALL)
endfunction()

set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_NAME partwise)
set(CPACK_PACKAGE_CONTACT "${PARTWISE_PACKAGE_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# Before the bytes are counted and summed.
set(CPACK_PRE_BUILD_SCRIPTS ${debian_dir}/finish.cmake)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

partwise_debian_notes(development libpartwise-dev)
set(CPACK_COMPONENTS_ALL development)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libpartwise-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# What the CMake package and the pkg-config files ask for.
set(dev_needs zlib1g-dev pkg-config)
if(TARGET partwise_codecs)
  list(APPEND dev_needs libsndfile1-dev libsoxr-dev libebur128-dev)
endif()
if(PARTWISE_FFT STREQUAL "fftw")
  list(APPEND dev_needs libfftw3-dev)
endif()
list(JOIN dev_needs ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS)
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
"take recordings apart by matrix factorization (development)
Headers, static libraries, CMake package and pkg-config files of partwise, a
C++20 library that takes a recording apart into the parts it is made of:
short-time Fourier transform, nonnegative matrix factorization for any
beta-divergence, re-synthesis by masks.
.
The core links no codec. Reading of files other than WAV, and resampling, are a
library of their own on libsndfile and libsoxr.")

if(TARGET partwise_program)
  partwise_debian_notes(program partwise)
  list(APPEND CPACK_COMPONENTS_ALL program)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME partwise)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION sound)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
  # Loaded or started when they are needed, and a message says so where they are missing.
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "ffmpeg, libcurl4 | libcurl3-gnutls")
  set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"take a recording apart into the parts it is made of
partwise loads a recording, factorizes the magnitudes of its spectrogram
(NMF), and re-synthesises every component with the phase of the mixture. It
writes one sound file for each part, what is left over, the factors for
NumPy, and a page to see and hear them in. Parts and rest add up to the
recording exactly.
.
It reads WAV, FLAC, AIFF, Ogg Vorbis, Opus, MP3, CAF, AU and W64; with ffmpeg
installed M4A, AAC, Matroska and more; with libcurl http and https addresses.")
endif()

include(CPack)

# What git has at HEAD and nothing that lies about.
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
  set(archive partwise-${PROJECT_VERSION})
  add_custom_target(source_archive
    COMMAND ${GIT_EXECUTABLE} -C ${PROJECT_SOURCE_DIR} archive --format=tar.gz --prefix=${archive}/
            --output=${PROJECT_BINARY_DIR}/${archive}.tar.gz HEAD
    COMMENT "Writing ${archive}.tar.gz" VERBATIM)
endif()
