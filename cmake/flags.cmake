# One set of flags for all: bits must not depend on where a line was compiled. Part of the program's identity.
add_library(sarx_flags INTERFACE)
target_include_directories(sarx_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(sarx_flags INTERFACE
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # false alarms on std::string in GCC 12
  $<$<BOOL:${SARX_WERROR}>:-Werror>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-c++20-designator>)
target_compile_definitions(sarx_flags INTERFACE $<$<BOOL:${SARX_CONTRACTS}>:SARX_CONTRACTS>)
