#include "sim/scenario/schema.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "sim/scenario/cascade_check.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/parameter_value.hpp"
#include "sim/scenario/people_file.hpp"
#include "sim/scenario/precision.hpp"
#include "sim/scenario/triggers.hpp"

namespace sarx {
namespace {

using namespace schema;

/// Digits with an optional point and exponent, without sign.
constexpr std::string_view digits = "([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

json time(std::string_view about) { return described(ref("time"), about); }
json condition(std::string_view about) { return described(ref("condition"), about); }

json names_in(auto const& specs) {
    json list = json::array();
    for (auto const& spec : specs) list.push_back(spec.name);
    return list;
}

json share(std::string_view about) { return described(quantity(0.0, 1.0), about); }

/// What a parameter may be beside a plain number, the same for all: a quantity, a distribution, or values by sex or by
/// muscle. Only a plain number is held to the parameter's bounds here; the reader holds everything to them.
json value_forms(Model const& model) {
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

json parameter(ParameterSpec const& spec) {
    return {{"anyOf",
             {{{"type", "number"}, {"minimum", spec.low}, {"maximum", spec.high}},
              ref(spec.by_muscle ? "value_by_muscle" : "value")}},
            {"description", spec.meaning + " [" + spec.unit + "]" +
                                (spec.applies_to.empty() ? "" : ", " + spec.applies_to) + ". " + spec.source}};
}

/// By whole paths and as nested groups alike.
json parameters(Model const& model) {
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

json population(Model const& model) {
    json columns = json::object();
    for (auto const& name : people_columns(model)) columns[name] = {{"type", "string"}};
    for (auto const& given : model.given())
        columns[std::string(given.name)] = {{"type", "string"}, {"description", "in " + std::string(given.unit)}};
    json const start = {{"anyOf",
                         {ref("time"), needs(object({{"from", time("youngest")}, {"to", time("oldest")}}),
                                             json::array({"from", "to"}))}}};
    json out =
        object({{"people",
                 {{"type", "integer"},
                  {"minimum", 1},
                  {"maximum", 1000000000},
                  {"description", "how many people are simulated"}}},
                {"start_age", described(start, "age at the start, one for all or a range")},
                {"end_age", time("age at which observation ends")},
                {"follow", time("length of follow-up, instead of end_age")},
                {"female_fraction", share("share of women")},
                {"candidates",
                 {{"type", "integer"},
                  {"minimum", 1},
                  {"maximum", 1000},
                  {"description", "lives drawn for each real person with a measured strength"}}},
                {"where", condition("whom the run is of, tested at entry on the true state; of a file of people the "
                                    "rows that qualify")},
                {"from", {{"type", "string"}, {"description", "CSV file of real people beside the scenario"}}},
                {"columns", object(std::move(columns), "the file's own names for our columns")},
                {"ignore",
                 {{"type", "array"},
                  {"items", {{"type", "string"}}},
                  {"description", "columns of the file that are not used"}}}},
               "who is simulated");
    out["not"] = {{"required", json::array({"end_age", "follow"})}};
    return out;
}

json model_part(Model const& model) {
    json const stages = {
        {"type", "array"}, {"items", one_of_names(names_in(model.stages()))}, {"uniqueItems", true}, {"minItems", 1}};
    json names = names_in(model.cascades());
    json const variant = needs(object({{"like", {{"enum", names}}},
                                       {"without", stages},
                                       {"replace",
                                        {{"type", "object"},
                                         {"propertyNames", one_of_names(names_in(model.stages()))},
                                         {"additionalProperties", one_of_names(names_in(model.stages()))}}}}),
                               json::array({"like"}));
    json holds = json::object();
    for (std::size_t c = 0; c < model.columns().size(); ++c)
        if (why_never_held(model, {static_cast<std::uint16_t>(c)}).empty())
            holds[std::string(model.columns()[c].name)] = ref("held_from");
    json const correlation = needs(
        object({{"between", {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 2}, {"maxItems", 2}}},
                {"rho", {{"type", "number"}, {"minimum", -0.999}, {"maximum", 0.999}}}}),
        json::array({"between", "rho"}));
    return object({{"cascade",
                    {{"anyOf", {{{"enum", names}}, stages, variant}},
                     {"description", "which stages run: a named cascade, a change of one, or a list"}}},
                   {"muscles",
                    {{"type", "array"},
                     {"items", one_of_names(model.muscles())},
                     {"uniqueItems", true},
                     {"minItems", 1},
                     {"maxItems", 8}}},
                   {"parameters", ref("parameters")},
                   {"draw",
                    {{"type", "integer"},
                     {"minimum", 1},
                     {"maximum", 1000000},
                     {"description", "which draw of parameters that differ between runs: a row of draws_from"}}},
                   {"draws_from",
                    {{"type", "string"},
                     {"description", "CSV file of parameter sets beside the scenario, as sarx calibrate writes it"}}},
                   {"correlations", {{"type", "array"}, {"items", correlation}}},
                   {"hold", object(std::move(holds), "variables that stay as they are, whatever moves them")}},
                  "what ages, and how");
}

json waning() {
    json const exponential =
        object({{"exponential", needs(object({{"half_life", time("time in which half of it is gone")}}),
                                      json::array({"half_life"}))}});
    json const linear = object(
        {{"linear", needs(object({{"duration", time("time until nothing is left")}}), json::array({"duration"}))}});
    return {{"anyOf", {{{"const", "none"}}, exponential, linear}}, {"description", "how it fades after its end"}};
}

/// One schema a kind, chosen by the value of `kind`, so that a dose is checked against its own fields.
json intervention(Model const& model) {
    json kinds = json::array();
    for (auto const& kind : model.kinds()) {
        json dose = json::object();
        json required = json::array();
        for (auto const& field : kind.dose) {
            json entry = described(quantity(field.low, field.high),
                                   std::string(field.meaning) + " [" + std::string(field.unit) + "]");
            if (field.required)
                required.push_back(field.name);
            else
                entry["default"] = field.fallback;
            dose[std::string(field.name)] = std::move(entry);
        }
        json keys = json::array({"kind"});
        if (!required.empty()) keys.push_back("dose");
        kinds.push_back(needs(object({{"kind", {{"const", kind.name}}},
                                      {"dose", needs(object(std::move(dose)), required)},
                                      {"ramp_up", time("time to reach the full dose")},
                                      {"waning", waning()}},
                                     std::string(kind.about) + (kind.hypothetical ? " [no human evidence]" : "")),
                              keys));
    }
    return {{"oneOf", std::move(kinds)}};
}

/// What a scenario that extends another may change of an intervention: any part of it.
json part_of_intervention(Model const& model) {
    std::set<std::string_view> fields;
    for (auto const& kind : model.kinds())
        for (auto const& field : kind.dose) fields.insert(field.name);
    return object({{"kind", {{"enum", names_in(model.kinds())}}},
                   {"dose", {{"type", "object"}, {"propertyNames", one_of_names(fields)}}},
                   {"ramp_up", time("time to reach the full dose")},
                   {"waning", waning()}});
}

json events_with_a_life_after(Model const& model) {
    json list = json::array();
    for (auto const& event : model.events())
        if (!event.is_death) list.push_back(event.name);
    return list;
}

/// Exactly one of the triggers, with the keys that go with it.
json moment(Model const& model, std::span<Trigger const> triggers, std::string_view about) {
    json forms = json::array();
    for (auto const& trigger : triggers) {
        std::string const name(trigger.name);
        json keys = json::array({name});
        json properties = json::object();
        if (name == "event")
            properties[name] = one_of_names(events_with_a_life_after(model));
        else if (name == "when" || name == "screen")
            properties[name] = condition(trigger.meaning);
        else
            properties[name] = time(trigger.meaning);
        if (name == "screen") {
            properties["every"] = time("time between examinations");
            properties["sensitivity"] = share("chance that a true positive reading is acted on");
            properties["specificity"] = share("chance that a negative reading stays negative");
            keys.push_back("every");
        }
        forms.push_back(needs(object(std::move(properties), trigger.meaning), keys));
    }
    return {{"oneOf", std::move(forms)}, {"description", about}};
}

json delivery(Model const& model) {
    json const adherence = {
        {"anyOf",
         {quantity(0.0, 1.0), needs(object({{"mean", share("mean share of the dose that is taken")},
                                            {"sd", share("its standard deviation between people")}}),
                                    json::array({"mean"}))}}};
    auto const group = [](std::string_view about) {
        return described({{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}}, about);
    };
    return needs(
        object(
            {{"give", {{"type", "string"}, {"description", "name of an intervention"}}},
             {"from", moment(model, from_triggers, "when it begins; left out: at the run's start")},
             {"until", moment(model, until_triggers, "when it ends; left out: never")},
             {"to", condition("who is eligible, tested when `from` fires")},
             {"reach",
              object({{"coverage", share("share of the eligible who are reached")},
                      {"adherence", adherence},
                      {"dropout_per_year", described(quantity(0.0, 100.0), "rate of dropping out [1/year]")},
                      {"group", group("which of the groups this delivery goes to")},
                      {"groups", group("people are split into so many equal groups, by the intervention's name")}})},
             {"muscles",
              {{"type", "array"},
               {"items", one_of_names(model.muscles())},
               {"uniqueItems", true},
               {"minItems", 1},
               {"description", "where a local dose acts"}}},
             {"side", {{"enum", {"left", "right", "both"}}}},
             {"repeat",
              {{"type", "boolean"},
               {"description",
                "a course at every event and every positive screen, and each time a condition becomes true; one that "
                "comes during another begins it anew, and the larger dose counts"}}}}),
        json::array({"give"}));
}

json variable(Model const& model) {
    json variables = json::array();
    for (auto const& column : model.columns())
        if (column.report != Report::hidden && column.level != Level::unit) variables.push_back(column.name);
    return {{"enum", std::move(variables)}};
}

json record() {
    json const motor_units = object({{"people", {{"type", "integer"}, {"minimum", 0}, {"maximum", 1000000}}},
                                     {"every", time("a multiple of clock.record_every; the end is kept too")}});
    return object(
        {{"variables",
          {{"anyOf",
            {{{"enum", {"default", "all"}}}, {{"type", "array"}, {"items", ref("variable")}, {"uniqueItems", true}}}}}},
         {"people",
          {{"anyOf", {{{"enum", {"all", "none"}}}, {{"type", "integer"}, {"minimum", 0}, {"maximum", 1000000000}}}},
           {"description", "how many people are recorded one by one; summaries cover all"}}},
         {"motor_units", motor_units},
         {"significant_bits",
          {{"type", "integer"},
           {"minimum", 0},
           {"maximum", 23},
           {"description", "bits of the mantissa kept; 0: all"}}}},
        "what is kept of everything simulated");
}

json run(Model const& model) {
    auto const about = [](json key, std::string_view path) {
        return described(std::move(key), precision_meaning(path));
    };
    json const positive = {{"anyOf", {{{"type", "number"}, {"exclusiveMinimum", 0}}, ref("quantity")}}};
    json const until = needs(object({{"effect", about(ref("variable"), "run.until.effect")},
                                     {"muscle", about(one_of_names(model.muscles()), "run.until.muscle")},
                                     {"arm", about({{"type", "string"}}, "run.until.arm")},
                                     {"at_age", time(precision_meaning("run.until.at_age"))},
                                     {"at_time", time(precision_meaning("run.until.at_time"))},
                                     {"mcse", about(positive, "run.until.mcse")}}),
                             json::array({"effect", "mcse"}));
    json const most = {{"anyOf",
                        {{{"type", "integer"}, {"minimum", 1}, {"maximum", 1000000000}},
                         {{"type", "string"}, {"pattern", "^[0-9]+ people$"}}}}};
    return needs(object({{"until", until}, {"at_most", about(most, "run.at_most")}}, precision_meaning("run.until")),
                 json::array({"until", "at_most"}));
}

}  // namespace

json scenario_schema(Model const& model) {
    json const label = {{"pattern", "^[A-Za-z0-9._+-]([A-Za-z0-9 ._+-]{0,62}[A-Za-z0-9._+-])?$"}};
    json const words = {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}};
    json arms = {{"type", "object"},
                 {"propertyNames", label},
                 {"additionalProperties", {{"type", "array"}, {"items", ref("delivery")}, {"maxItems", 1000}}},
                 {"minProperties", 1},
                 {"maxProperties", 1000},
                 {"description", "who gets what, when; the first arm is the reference"}};
    json out = object({{"sarx", {{"const", 1}, {"description", "version of the format"}}},
                       {"title", {{"type", "string"}}},
                       {"description", {{"type", "string"}}},
                       {"authors", words},
                       {"references", words},
                       {"extends", {{"type", "string"}, {"description", "a scenario beside this one to start from"}}},
                       {"seed", {{"type", "integer"}, {"minimum", 0}, {"maximum", 18446744073709551615ULL}}},
                       {"population", population(model)},
                       {"clock", grammar::mapping_schema(model, grammar::pointers(grammar::clock_keys()))},
                       {"model", model_part(model)},
                       {"interventions",
                        {{"type", "object"}, {"propertyNames", label}, {"description", "what may be given, by name"}}},
                       {"arms", std::move(arms)},
                       {"record", record()},
                       {"run", run(model)}});
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
        {"variable", variable(model)},
        {"parameters", parameters(model)},
        {"intervention", intervention(model)},
        {"part_of_intervention", part_of_intervention(model)},
        {"delivery", delivery(model)},
    };
    out["$defs"].update(value_forms(model));
    return out;
}

}  // namespace sarx
