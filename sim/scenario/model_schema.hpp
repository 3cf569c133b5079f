#pragma once
// What the schema says of keys whose values follow from the model's own tables.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/contract/model.hpp"

namespace sarx::grammar {

nlohmann::json texts_schema(Model const& model);
nlohmann::json format_schema(Model const& model);
nlohmann::json columns_schema(Model const& model);
nlohmann::json cascade_schema(Model const& model);
nlohmann::json correlations_schema(Model const& model);
nlohmann::json holds_schema(Model const& model);
nlohmann::json interventions_schema(Model const& model);
nlohmann::json any_dose_schema(Model const& model);
nlohmann::json arms_schema(Model const& model);
nlohmann::json recorded_schema(Model const& model);
nlohmann::json recorded_people_schema(Model const& model);
nlohmann::json mcse_schema(Model const& model);

// Definitions that keys refer to.
nlohmann::json parameters_schema(Model const& model);
nlohmann::json intervention_schema(Model const& model);
/// What a scenario that extends another may change of an intervention: any part of it.
nlohmann::json part_of_intervention_schema(Model const& model);
nlohmann::json variable_schema(Model const& model);
/// Of values of parameters.
nlohmann::json value_definitions(Model const& model);

/// Nothing begins with death.
std::vector<std::string> events_with_a_life_after(Model const& model);

}  // namespace sarx::grammar
