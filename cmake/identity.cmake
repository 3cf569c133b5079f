# Who this program is, looked up at each build; OUTPUT is touched only where that has changed.
#   cmake -D SOURCE=... -D VERSION=... -D TEMPLATE=... -D OUTPUT=... -P identity.cmake
#
# The code hash is SHA-256 of lines "<SHA-256 of a file>  <its path>", as sha256sum prints them, in the order of the
# paths. It is over every text that can move a number or the layout of a journal: all of models/ (parameters too), all
# of sim/ but sim/cli (which asks and tells, and computes nothing), and the flags of the compiler. Compiler, folder and
# libraries do not count; a comment does, for nobody can tell a comment from an equation but the compiler.
cmake_minimum_required(VERSION 3.22)
file(GLOB_RECURSE files RELATIVE ${SOURCE} ${SOURCE}/models/* ${SOURCE}/sim/*)
list(FILTER files INCLUDE REGEX "\\.(hpp|cpp|in|cmake|yaml)$|/CMakeLists\\.txt$")
list(FILTER files EXCLUDE REGEX "^sim/cli/")
list(APPEND files cmake/flags.cmake)
list(SORT files)
set(lines "")
foreach(file ${files})
  file(SHA256 ${SOURCE}/${file} hash)
  string(APPEND lines "${hash}  ${file}\n")
endforeach()
string(SHA256 CODE_HASH "${lines}")

# The commit, where the sources have their own history (not that of a folder they were unpacked in).
set(COMMIT "unknown")
find_package(Git QUIET)
function(git result)
  execute_process(COMMAND ${GIT_EXECUTABLE} --no-optional-locks ${ARGN} WORKING_DIRECTORY ${SOURCE}
                  OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    set(said "")
  endif()
  set(${result} "${said}" PARENT_SCOPE)
endfunction()
if(GIT_FOUND)
  git(root rev-parse --show-toplevel)
  file(REAL_PATH "${SOURCE}" here)
  if(root STREQUAL here)
    git(described describe --always --abbrev=12)
    git(changed status --porcelain --untracked-files=no)
    if(described)
      set(COMMIT "${described}")
      if(changed)
        string(APPEND COMMIT "-dirty")
      endif()
    endif()
  endif()
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
