#pragma once
// JSON Schema (draft 2020-12) of the scenario format, for editors. Made from the model's own tables, so that it
// cannot drift from what the reader takes: names of stages, kinds with their doses, parameters with their bounds,
// events, variables and muscles.

#include <nlohmann/json.hpp>

#include "sim/contract/model.hpp"

namespace sarx {

/// The schema. What it refuses the reader refuses too; conditions and what depends on two keys at once the reader
/// alone can judge.
nlohmann::json scenario_schema(Model const& model);

}  // namespace sarx
