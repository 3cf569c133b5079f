#include "sim/scenario/schema.hpp"

#include <regex>
#include <set>

#include "support/catch.hpp"
#include "support/toy_model.hpp"

using namespace sarx;
using nlohmann::json;

namespace {

/// Calls f for every object in the tree.
void walk(json const& node, auto&& f) {
    if (node.is_object()) f(node);
    for (auto const& child : node)
        if (child.is_structured()) walk(child, f);
}

}  // namespace

TEST_CASE("every object of the schema refuses unknown keys", "[schema]") {
    auto const schema = scenario_schema(*toy::make_model());
    int objects = 0;
    walk(schema, [&](json const& node) {
        if (!node.contains("properties") || !node["properties"].is_object() || !node.contains("type")) return;
        if (!node["type"].is_string()) return;
        ++objects;
        CHECK(node["additionalProperties"] == false);
    });
    CHECK(objects > 30);
}

TEST_CASE("every reference of the schema leads somewhere", "[schema]") {
    auto const schema = scenario_schema(*toy::make_model());
    int references = 0;
    walk(schema, [&](json const& node) {
        if (!node.contains("$ref")) return;
        ++references;
        auto const target = node["$ref"].get<std::string>();
        REQUIRE(target.starts_with("#/"));
        CHECK(schema.contains(json::json_pointer(target.substr(1))));
    });
    CHECK(references > 20);
}

TEST_CASE("the schema holds the model's own names and bounds", "[schema]") {
    auto const model = toy::make_model();
    auto const schema = scenario_schema(*model);
    auto const& parameters = schema["$defs"]["parameters"]["properties"];
    for (auto const& p : model->parameters().parameters) CHECK(parameters.contains(p.path));
    CHECK(parameters["strength.weak_below_kg"]["anyOf"][0]["maximum"] == 100.0);
    CHECK(parameters["strength"]["properties"].contains("weak_below_kg"));
    auto const& kinds = schema["$defs"]["intervention"]["oneOf"];
    REQUIRE(kinds.size() == model->kinds().size());
    CHECK(kinds[0]["properties"]["dose"]["properties"]["sessions_per_week"]["anyOf"][0]["maximum"] == 14.0);
    CHECK(kinds[0]["properties"]["dose"]["required"] == json::array({"sessions_per_week"}));
    CHECK(schema["properties"]["population"]["properties"]["columns"]["properties"].contains("strength_kg"));
    auto const text = schema.dump();
    for (auto const& s : model->stages()) CHECK(text.find("\"" + std::string(s.name) + "\"") != std::string::npos);
    // Nothing begins with death.
    for (auto const& e : model->events())
        CHECK((text.find("\"" + std::string(e.name) + "\"") != std::string::npos) == !e.is_death);
    CHECK(schema["$defs"]["variable"].dump().find("unit_hazard_left") == std::string::npos);
    auto const& hold = schema["properties"]["model"]["properties"]["hold"]["properties"];
    CHECK(hold.contains("fitness"));
    CHECK_FALSE(hold.contains("alive"));
    CHECK_FALSE(hold.contains("height_cm"));
    CHECK(schema["required"] == json::array({"sarx"}));
}

TEST_CASE("times need a unit, quantities too", "[schema]") {
    auto const schema = scenario_schema(*toy::make_model());
    std::regex const time(schema["$defs"]["time"]["pattern"].get<std::string>());
    for (char const* good : {"12 weeks", "1 month", "60 years", "0.5 year", "1.5e1 days", "6months"})
        CHECK(std::regex_search(good, time));
    for (char const* bad : {"12", "weeks", "12 kg", "-1 year", "1 2 weeks", "60 years old"})
        CHECK_FALSE(std::regex_search(bad, time));
    std::regex const quantity(schema["$defs"]["quantity"]["pattern"].get<std::string>());
    for (char const* good : {"0.2 /year", "1.2 g/kg/day", "-3 kg"}) CHECK(std::regex_search(good, quantity));
    for (char const* bad : {"0.2", "kg", "1 2"}) CHECK_FALSE(std::regex_search(bad, quantity));
}
