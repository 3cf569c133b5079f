#pragma once
// Reads the model's parameter files (models/parameters/*.yaml, embedded at build) into a ParameterTable.
// The only reader of that format; a number without unit, bounds or source is refused.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"
#include "sim/contract/parameter.hpp"
#include "sim/text/problems.hpp"

namespace sarx {

struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};

struct ModelData {
    ParameterTable parameters;
    std::vector<Cascade> cascades;
    std::vector<MuscleSpec> muscles;
};

/// Returns false with problems filled.
bool read_model_data(std::vector<EmbeddedFile> const& files, ModelData& data, Problems& problems);

}  // namespace sarx
