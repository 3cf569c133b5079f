# What the build finds of a model by its files: stages, kinds of intervention, numbers. Each function writes one source.

# The instruction sets to compile stages for; the best set that a machine has is chosen at run time.
set(SARX_INSTRUCTION_SETS "baseline;avx2;avx512" CACHE STRING "Instruction sets to compile the stages for (x86-64)")
set(sarx_instruction_sets baseline)
foreach(set avx2 avx512)
  if(set IN_LIST SARX_INSTRUCTION_SETS AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64")
    list(APPEND sarx_instruction_sets ${set})
  endif()
endforeach()
set(sarx_baseline_width 4)
set(sarx_baseline_options)
set(sarx_avx2_width 8)
set(sarx_avx2_options -mavx2 -mfma)
set(sarx_avx512_width 16)
set(sarx_avx512_options -mavx512f -mavx512vl -mavx512dq -mavx512bw -mprefer-vector-width=512)

# sarx_found_files(OUTPUT STAGES KINDS): the table of stages (.../N_level/stage.cpp) and of families of kinds.
function(sarx_found_files output stage_sources kind_sources)
  set(declared_stages "")
  set(listed_stages "")
  foreach(source ${stage_sources})
    get_filename_component(stage ${source} NAME_WE)
    get_filename_component(level ${source} DIRECTORY)
    get_filename_component(level ${level} NAME)
    string(REPLACE "_" " " level ${level})
    string(APPEND listed_stages "    {\"${stage}\", \"${level}\", {")
    foreach(set baseline avx2 avx512)
      if(set IN_LIST sarx_instruction_sets)
        string(APPEND declared_stages "namespace ${set} {\nStageCode ${stage}_stage();\n}\n")
        string(APPEND listed_stages "&${set}::${stage}_stage, ")
      else()
        string(APPEND listed_stages "nullptr, ")
      endif()
    endforeach()
    string(APPEND listed_stages "}},\n")
  endforeach()
  set(declared_kinds "")
  set(listed_kinds "")
  foreach(source ${kind_sources})
    get_filename_component(family ${source} NAME_WE)
    string(APPEND declared_kinds "Kinds ${family}_kinds();\n")
    string(APPEND listed_kinds "    &${family}_kinds,\n")
  endforeach()
  configure_file(${CMAKE_SOURCE_DIR}/models/found_files.cpp.in ${output} @ONLY)
endfunction()

# sarx_parameter_files(OUTPUT YAML...): the texts, embedded: the program finds its numbers wherever it is installed.
function(sarx_parameter_files output)
  set(texts "")
  set(table "")
  set(number 0)
  foreach(yaml ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${yaml})
    get_filename_component(name ${yaml} NAME)
    file(READ ${yaml} text)
    string(LENGTH "${text}" length)
    string(APPEND texts "constexpr char text_${number}[] =")
    set(from 0)
    while(from LESS length)  # short pieces: compilers need not take one literal of any length
      string(SUBSTRING "${text}" ${from} 8000 piece)
      string(APPEND texts "\n    R\"__yaml__(${piece})__yaml__\"")
      math(EXPR from "${from} + 8000")
    endwhile()
    string(APPEND texts ";\n")
    string(APPEND table "    {\"${name}\", {text_${number}, sizeof text_${number} - 1}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT "// Generated from models/parameters/*.yaml.
#include \"models/model.hpp\"

namespace sarx::models {
namespace {
@texts@
constexpr std::pair<std::string_view, std::string_view> files[] = {
@table@};
}  // namespace

std::span<std::pair<std::string_view, std::string_view> const> parameter_files() { return files; }

}  // namespace sarx::models
")
endfunction()

# sarx_add_kernels(TARGET PREFIX SOURCE...): compiles kernels once for each instruction set, each into its own namespace, as
# object libraries PREFIX_<set>, and adds them to TARGET.
function(sarx_add_kernels target prefix)
  foreach(set ${sarx_instruction_sets})
    add_library(${prefix}_${set} OBJECT ${ARGN})
    target_link_libraries(${prefix}_${set} PRIVATE sarx_contract)
    target_compile_definitions(${prefix}_${set} PRIVATE SARX_ISA=${set} SARX_WIDTH=${sarx_${set}_width})
    target_compile_options(${prefix}_${set} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O3> ${sarx_${set}_options})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${prefix}_${set}>)
  endforeach()
endfunction()
