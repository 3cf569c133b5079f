#include "sim/scenario/schema.hpp"

#include <string>
#include <string_view>

#include "sim/scenario/delivery_keys.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/model_schema.hpp"

namespace sarx {

using namespace schema;

namespace {

/// Digits with an optional point and exponent, without sign.
constexpr std::string_view digits = "([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

}  // namespace

json scenario_schema(Model const& model) {
    json out = grammar::mapping_schema(model, grammar::pointers(grammar::scenario_keys()));
    out["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    out["title"] = "A sarx scenario";
    out["required"] = json::array({"sarx"});
    // What a parent may have said already need not be said again.
    auto const interventions = [](std::string_view each) { return json{{"additionalProperties", ref(each)}}; };
    out["if"] = {{"required", json::array({"extends"})}};
    out["then"] = {{"properties", {{"interventions", interventions("part_of_intervention")}}}};
    out["else"] = {
        {"properties",
         {{"interventions", interventions("intervention")},
          {"record", {{"properties", {{"motor_units", {{"required", json::array({"people", "every"})}}}}}}}}}};
    std::string const number(digits);
    out["$defs"] = {
        {"time",
         {{"type", "string"},
          {"pattern",
           "^\\s*\\+?" + number + "\\s*(years?|yr|months?|weeks?|days?|d|hours?|hr?|minutes?|min|seconds?|s)\\s*$"},
          {"examples", {"12 weeks", "60 years", "1 month"}}}},
        {"quantity",
         {{"type", "string"},
          {"pattern", "^\\s*[+-]?" + number + "\\s*[^0-9\\s.,:+_-].*$"},
          {"description", "a number with its unit: \"0.2 /year\""}}},
        {"condition",
         {{"type", "string"},
          {"minLength", 1},
          {"maxLength", 1000},
          {"examples", {"sex == female and age_years >= 60", "grip_strength_kg < 27"}}}},
        {"between", {{"enum", {"people", "runs"}}, {"description", "people: each their own; runs: one draw for all"}}},
        {"held_from",
         {{"enum", hold_names}, {"description", "youth: as at 20; entry: as at the start of observation"}}},
        {"variable", grammar::variable_schema(model)},
        {"parameters", grammar::parameters_schema(model)},
        {"intervention", grammar::intervention_schema(model)},
        {"part_of_intervention", grammar::part_of_intervention_schema(model)},
        {"delivery", grammar::mapping_schema(model, grammar::pointers(grammar::delivery_keys()))},
    };
    out["$defs"].update(grammar::value_definitions(model));
    return out;
}

}  // namespace sarx
