#include "sim/scenario/model_schema.hpp"

#include <set>
#include <string>
#include <string_view>

#include "sim/scenario/cascade_check.hpp"
#include "sim/scenario/delivery_keys.hpp"
#include "sim/scenario/parameter_value.hpp"
#include "sim/scenario/read_model.hpp"
#include "sim/scenario/read_record.hpp"
#include "sim/tables/people_file.hpp"

namespace sarx::grammar {

using namespace schema;

namespace {

json parameter(ParameterSpec const& spec) {
    return {{"anyOf",
             {{{"type", "number"}, {"minimum", spec.low}, {"maximum", spec.high}},
              ref(spec.by_muscle ? "value_by_muscle" : "value")}},
            {"description", spec.meaning + " [" + spec.unit + "]" +
                                (spec.applies_to.empty() ? "" : ", " + spec.applies_to) + ". " + spec.source}};
}

/// The schema of an intervention's keys, `kind` and `dose` as they are for one kind or for all.
json with_kind(Model const& model, json kind, json dose) {
    json out = mapping_schema(model, pointers(intervention_keys()));
    out["properties"]["kind"] = std::move(kind);
    out["properties"]["dose"] = std::move(dose);
    return out;
}

/// What stands under a name.
json const label = {{"pattern", "^[A-Za-z0-9._+-]([A-Za-z0-9 ._+-]{0,62}[A-Za-z0-9._+-])?$"}};

}  // namespace

/// By whole paths and as nested groups alike.
json parameters_schema(Model const& model) {
    // One muscle or sex may stand at the end of the path.
    std::string ends = "(female|male";
    for (auto const& m : model.muscles()) ends += "|" + std::string(m);
    ends += ")$";
    json const leaf = {{"anyOf", {ref("plain_value"), ref("by_sex"), ref("by_muscle")}}};
    json defs = json::object();
    for (auto const& spec : model.parameters().parameters) {
        defs[spec.path] = parameter(spec);
        auto const dot = spec.path.find('.');
        if (dot == std::string::npos) continue;
        auto const group = spec.path.substr(0, dot);
        if (!defs.contains(group)) {
            defs[group] = object(json::object());
            defs[group]["patternProperties"] = {{"^[A-Za-z0-9_.]+\\." + ends, leaf}};
        }
        defs[group]["properties"][spec.path.substr(dot + 1)] = {{"$ref", "#/$defs/parameters/properties/" + spec.path}};
    }
    json out =
        object(std::move(defs),
               "any parameter, by its path (sarx describe): a value, a distribution, or either by muscle or sex");
    out["patternProperties"] = {{"^[a-z0-9_]+\\.[A-Za-z0-9_.]+\\." + ends, leaf}};
    return out;
}

/// What a parameter may be beside a plain number, the same for all: a quantity, a distribution, or values by sex or by
/// muscle. Only a plain number is held to the parameter's bounds here; the reader holds everything to them.
json value_definitions(Model const& model) {
    json const number = {{"anyOf", {{{"type", "number"}}, ref("quantity")}}};
    json const positive = {{"anyOf", {{{"type", "number"}, {"minimum", 0}}, ref("quantity")}}};
    json spreads = json::array();
    for (auto const& form : shape_forms) {
        json numbers = {{std::string(form.first), form.shape == Shape::bernoulli ? quantity(0.0, 1.0) : number}};
        json keys = json::array({form.first});
        if (!form.second.empty()) {
            numbers[std::string(form.second)] = form.shape == Shape::uniform ? number : positive;
            keys.push_back(form.second);
        }
        spreads.push_back(needs(
            object({{std::string(form.name), needs(object(std::move(numbers)), keys)}, {"between", ref("between")}}),
            json::array({form.name})));
    }
    json const plain = {{"anyOf", {{{"type", "number"}}, ref("quantity"), ref("distribution")}}};
    json muscles = {{"between", ref("between")}};
    for (auto const& m : model.muscles()) muscles[std::string(m)] = {{"anyOf", {ref("plain_value"), ref("by_sex")}}};
    return {
        {"distribution", {{"anyOf", std::move(spreads)}}},
        {"plain_value", plain},
        {"by_sex", object({{"female", ref("plain_value")}, {"male", ref("plain_value")}, {"between", ref("between")}})},
        {"by_muscle", object(std::move(muscles))},
        {"value", {{"anyOf", {ref("quantity"), ref("distribution"), ref("by_sex")}}}},
        {"value_by_muscle", {{"anyOf", {ref("quantity"), ref("distribution"), ref("by_sex"), ref("by_muscle")}}}}};
}

json texts_schema(Model const&) { return {{"type", "array"}, {"items", {{"type", "string"}}}}; }

json format_schema(Model const&) { return {{"const", 1}}; }

json columns_schema(Model const& model) {
    json columns = json::object();
    for (auto const& name : people_columns(model)) columns[name] = {{"type", "string"}};
    for (auto const& given : model.given())
        columns[std::string(given.name)] = {{"type", "string"}, {"description", "in " + std::string(given.unit)}};
    return object(std::move(columns));
}

json cascade_schema(Model const& model) {
    auto const cascades = one_of_names(names_of(model.cascades()));
    auto const stage = one_of_names(names_of(model.stages()));
    auto const stages = list_of_names(names_of(model.stages()));
    json const replaced = {{"type", "object"}, {"propertyNames", stage}, {"additionalProperties", stage}};
    json const variant =
        needs(object({{"like", cascades}, {"without", stages}, {"replace", replaced}}), json::array({"like"}));
    return {{"anyOf", {cascades, stages, variant}}};
}

json holds_schema(Model const& model) {
    json holds = json::object();
    for (std::size_t c = 0; c < model.columns().size(); ++c)
        if (why_never_held(model, {static_cast<std::uint16_t>(c)}).empty())
            holds[std::string(model.columns()[c].name)] = ref("held_from");
    return object(std::move(holds));
}

json correlations_schema(Model const&) {
    json const between = {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 2}, {"maxItems", 2}};
    json const rho = {{"type", "number"}, {"minimum", -strongest_correlation}, {"maximum", strongest_correlation}};
    json const correlation = needs(object({{"between", between}, {"rho", rho}}), json::array({"between", "rho"}));
    return {{"type", "array"}, {"items", correlation}};
}

json interventions_schema(Model const&) { return {{"type", "object"}, {"propertyNames", label}}; }

/// One schema a kind, chosen by the value of `kind`, so that a dose is checked against its own fields.
json intervention_schema(Model const& model) {
    json kinds = json::array();
    for (auto const& kind : model.kinds()) {
        json fields = json::object();
        json required = json::array();
        for (auto const& field : kind.dose) {
            json entry = described(quantity(field.low, field.high),
                                   std::string(field.meaning) + " [" + std::string(field.unit) + "]");
            if (field.required)
                required.push_back(field.name);
            else
                entry["default"] = field.fallback;
            fields[std::string(field.name)] = std::move(entry);
        }
        json one = with_kind(model, {{"const", kind.name}}, needs(object(std::move(fields)), required));
        one["description"] = std::string(kind.about) + (kind.hypothetical ? " [no human evidence]" : "");
        if (!required.empty()) one["required"].push_back("dose");
        kinds.push_back(std::move(one));
    }
    return {{"oneOf", std::move(kinds)}};
}

json any_dose_schema(Model const& model) {
    std::set<std::string_view> fields;
    for (auto const& kind : model.kinds())
        for (auto const& field : kind.dose) fields.insert(field.name);
    return {{"type", "object"}, {"propertyNames", one_of_names(fields)}};
}

json part_of_intervention_schema(Model const& model) {
    json out = mapping_schema(model, pointers(intervention_keys()));
    out.erase("required");
    return out;
}

std::vector<std::string> events_with_a_life_after(Model const& model) {
    std::vector<std::string> names;
    for (auto const& event : model.events())
        if (!event.is_death) names.emplace_back(event.name);
    return names;
}

json arms_schema(Model const&) {
    json const deliveries = {{"type", "array"}, {"items", ref("delivery")}, {"maxItems", 1000}};
    return {{"type", "object"},
            {"propertyNames", label},
            {"additionalProperties", deliveries},
            {"minProperties", 1},
            {"maxProperties", 1000}};
}

json recorded_schema(Model const&) {
    json const list = {{"type", "array"}, {"items", ref("variable")}, {"uniqueItems", true}};
    return {{"anyOf", {{{"enum", {"default", "all"}}}, list}}};
}

json recorded_people_schema(Model const&) {
    json const count = {{"type", "integer"}, {"minimum", 0}, {"maximum", most_recorded_people}};
    return {{"anyOf", {{{"enum", {"all", "none"}}}, count}}};
}

json mcse_schema(Model const&) { return {{"anyOf", {{{"type", "number"}, {"exclusiveMinimum", 0}}, ref("quantity")}}}; }

json variable_schema(Model const& model) {
    std::vector<std::string_view> names;
    for (auto const& column : model.columns())
        if (column.report != Report::hidden && column.level != Level::unit) names.push_back(column.name);
    return one_of_names(names);
}

}  // namespace sarx::grammar
