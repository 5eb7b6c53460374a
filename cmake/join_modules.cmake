# Joins the ES modules below FOLDER that ENTRY imports, itself included, into one classic script OUT,
# each after what it imports. Run by cmake -P, so that building needs no node.
#
# Each module becomes a function that returns its exports, so private names of two modules never meet.
# It understands one form of each statement, at the beginning of a line, and refuses every other:
#   import { a, b as c } from "./file.js";
#   export const a = ...   export function a(...   export async function a(...   export class a ...
# Errors: a circle of imports, a file that is not there or not below FOLDER, a name that is not
# exported, and a module that nothing imports.
cmake_minimum_required(VERSION 3.25)
set(name_pattern "[A-Za-z_$][A-Za-z0-9_$]*")

# Sets OUT_VAR to the path, relative to FOLDER, that IMPORTER means by SPECIFIER.
function(resolve_import importer specifier out_var)
  get_filename_component(folder "${importer}" DIRECTORY)
  cmake_path(APPEND folder "${specifier}" OUTPUT_VARIABLE path)
  cmake_path(NORMAL_PATH path)
  if(path MATCHES "^\\.\\./" OR NOT EXISTS "${FOLDER}/${path}")
    message(FATAL_ERROR "${importer} imports ${specifier}: there is no such file below ${FOLDER}")
  endif()
  set(${out_var} "${path}" PARENT_SCOPE)
endfunction()

# Sets OUT_VAR to "a, b: c" for the import list "a, b as c" after checking each name.
function(destructure importer path list out_var)
  get_property(exports GLOBAL PROPERTY "exports of ${path}")
  string(REGEX REPLACE "[ \n]*,[ \n]*" ";" names "${list}")
  set(result "")
  foreach(entry IN LISTS names)
    string(STRIP "${entry}" entry)
    if(entry STREQUAL "")
      continue()
    endif()
    if(NOT entry MATCHES "^(${name_pattern})( as (${name_pattern}))?$")
      message(FATAL_ERROR "${importer}: \"${entry}\" is not a name to import")
    endif()
    set(name "${CMAKE_MATCH_1}")
    set(local "${CMAKE_MATCH_3}")
    if(NOT name IN_LIST exports)
      message(FATAL_ERROR "${importer} imports ${name}, which ${path} does not export")
    endif()
    if(local STREQUAL "")
      list(APPEND result "${name}")
    else()
      list(APPEND result "${name}: ${local}")
    endif()
  endforeach()
  list(JOIN result ", " result)
  set(${out_var} "${result}" PARENT_SCOPE)
endfunction()

# Refuses what would silently mean something else in a classic script.
function(check_understood path text)
  if(text MATCHES "\n((import|export)[^A-Za-z0-9_$][^\n]*)")
    message(FATAL_ERROR "${path}: \"${CMAKE_MATCH_1}\" is a form that cmake/join_modules.cmake does not understand")
  endif()
  if(text MATCHES "[^A-Za-z0-9_$.](import *[(.]|await *[(]? *import)")
    message(FATAL_ERROR "${path}: import() and import.meta do not work in a page that is one file")
  endif()
endfunction()

# Appends the module and, before it, what it imports. TRAIL: how it was reached, "a -> b -> ".
function(add_module path trail)
  get_property(state GLOBAL PROPERTY "state of ${path}")
  if(state STREQUAL "joined")
    return()
  elseif(state STREQUAL "begun")
    message(FATAL_ERROR "these modules import each other in a circle: ${trail}${path}")
  endif()
  set_property(GLOBAL PROPERTY "state of ${path}" "begun")
  file(READ "${FOLDER}/${path}" text)
  string(PREPEND text "\n")

  # Elements of these lists hold no semicolon: each match ends before it.
  string(REGEX MATCHALL "\nimport [^;]*" imports "${text}")
  foreach(statement IN LISTS imports)
    if(NOT statement MATCHES "^\nimport {([^{}]*)} from \"(\\.\\.?/[^\"]+)\"$")
      message(FATAL_ERROR "${path}: \"${statement}\" is a form that cmake/join_modules.cmake does not understand")
    endif()
    set(list "${CMAKE_MATCH_1}")
    resolve_import("${path}" "${CMAKE_MATCH_2}" imported)
    add_module("${imported}" "${trail}${path} -> ")
    destructure("${path}" "${imported}" "${list}" names)
    string(REPLACE "${statement};" "\nconst { ${names} } = modules[\"${imported}\"];" text "${text}")
  endforeach()

  set(declaration "const|class|function|async function")
  string(REGEX MATCHALL "\nexport (${declaration}) ${name_pattern}" found "${text}")
  list(TRANSFORM found REPLACE "^.* " "" OUTPUT_VARIABLE exports)
  string(REGEX REPLACE "\nexport ((${declaration}) ${name_pattern})" "\n\\1" text "${text}")
  check_understood("${path}" "${text}")
  set_property(GLOBAL PROPERTY "exports of ${path}" "${exports}")

  list(JOIN exports ", " exports)
  set_property(GLOBAL APPEND_STRING PROPERTY bundle
    "modules[\"${path}\"] = (() => {${text}return { ${exports} };\n})();\n\n")
  set_property(GLOBAL APPEND PROPERTY joined "${path}")
  set_property(GLOBAL PROPERTY "state of ${path}" "joined")
endfunction()

add_module("${ENTRY}" "")
get_property(joined GLOBAL PROPERTY joined)
file(GLOB_RECURSE unused RELATIVE "${FOLDER}" "${FOLDER}/*.js")
list(REMOVE_ITEM unused ${joined})
if(unused)
  message(FATAL_ERROR "nothing imports ${unused}")
endif()
get_property(bundle GLOBAL PROPERTY bundle)
file(WRITE "${OUT}" "(() => {\n\"use strict\";\nconst modules = {};\n\n${bundle}})();\n")
