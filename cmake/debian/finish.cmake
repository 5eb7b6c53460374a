# Run by CPack on the installed tree of each component: what Debian wants otherwise than
# `cmake --install` leaves it.
find_program(gzip gzip REQUIRED)

file(GLOB_RECURSE texts ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/man/*.1
                        ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/doc/changelog
                        ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/doc/changelog.Debian)
foreach(text IN LISTS texts)
  # Without name and time: the same bytes each time.
  execute_process(COMMAND ${gzip} --best --no-name --force ${text} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# Debian's zsh looks for what packages bring elsewhere than for what is installed by hand.
file(GLOB folders ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/zsh/site-functions)
foreach(folder IN LISTS folders)
  cmake_path(GET folder PARENT_PATH zsh)
  file(RENAME ${folder} ${zsh}/vendor-completions)
endforeach()
