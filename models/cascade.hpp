#pragma once
// Every stage of the model, found by its file, and the order in which they run.

#include <span>
#include <string>
#include <vector>

#include "models/description.hpp"

namespace sarx::models {

/// Instruction sets that kernels can be compiled for, the best last.
inline constexpr std::string_view instruction_set_names[] = {"baseline", "avx2", "avx512"};

/// A kernel's file in a level's folder: models/1_cells/mitochondria.cpp is the stage "mitochondria" of "1 cells".
struct StageFile {
    std::string_view name;
    std::string_view level;
    StageCode (*code[std::size(instruction_set_names)])();  ///< null where not compiled
};
std::span<StageFile const> stage_files();

/// What the stages say of themselves, variants too, in the order in which they can run (order_of_stages()).
std::vector<StageSpec> const& stage_specs();

/// Builds a stage by its name for an instruction set that this program was compiled for and this machine can run; throws
/// std::logic_error where there is none of that name.
std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view instruction_set, ParameterTable const& table);

/// Names of the stages of a cascade that leaves nothing out: all but variants.
std::vector<std::string> all_but_variants();

}  // namespace sarx::models
