# The manual page and the shells' completions, made of the tables of commands and options. They are made
# where they can be run, that is not when compiling for another machine.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "Compiling for another machine: no manual page, no completions")
  return()
endif()
file(GLOB manual_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)
add_executable(partwise_manual_writer ${manual_sources})
target_link_libraries(partwise_manual_writer PRIVATE partwise_program_parts)

set(manual_dir ${PROJECT_BINARY_DIR}/manual)
set(manual_files ${manual_dir}/partwise.1 ${manual_dir}/partwise.bash ${manual_dir}/_partwise
                 ${manual_dir}/partwise.fish)
string(TIMESTAMP manual_date "%Y-%m-%d" UTC)  # SOURCE_DATE_EPOCH's day where that is set
add_custom_command(OUTPUT ${manual_files}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${manual_dir}
  COMMAND partwise_manual_writer ${manual_dir} ${manual_date}
  DEPENDS partwise_manual_writer
  COMMENT "Writing the manual page and completions" VERBATIM)
add_custom_target(partwise_manual ALL DEPENDS ${manual_files})

# Debian's zsh reads vendor-completions instead.
set(PARTWISE_ZSH_COMPLETIONS ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING
    "Where zsh finds completions, below the prefix")
install(FILES ${manual_dir}/partwise.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${manual_dir}/partwise.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME partwise
        COMPONENT program)
install(FILES ${manual_dir}/_partwise DESTINATION ${PARTWISE_ZSH_COMPLETIONS} COMPONENT program)
install(FILES ${manual_dir}/partwise.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        COMPONENT program)
