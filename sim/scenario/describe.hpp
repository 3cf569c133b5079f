#pragma once
// What a model consists of, for people and for programs, from the same tables that the engine runs on.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "sim/contract/model.hpp"

namespace sarx {

/// Everything in short where `name` is empty; else all that is known of the key of a scenario, stage, parameter, group
/// of parameters, table, kind of intervention, event, variable, cascade or muscle of that name. At most 110 columns
/// wide. Throws InputError, with the nearest name, where there is none.
std::string describe_text(Model const& model, std::string_view name);

/// Everything, with every field: {stages, cascades, muscles, parameters, tables, correlations, interventions, keys,
/// triggers, precision, events, variables, measures, people_columns}; or, of each of these, what goes by the name.
nlohmann::json describe_json(Model const& model, std::string_view name = {});

}  // namespace sarx
