#pragma once
// Pieces that the JSON schema of the scenario format is put together from.

#include <nlohmann/json.hpp>
#include <string_view>

namespace sarx::schema {

using nlohmann::json;

/// A mapping with these keys and no others.
json object(json properties, std::string_view about = "");
/// The same, in which these keys must stand.
json needs(json schema, json keys);
json described(json schema, std::string_view about);
/// One of the schema's own definitions: "time", "quantity", "condition", ...
json ref(std::string_view name);
/// A number within bounds, or text with a unit, which the reader converts before it compares.
json quantity(double low, double high);

json one_of_names(auto const& names) {
    json list = json::array();
    for (auto const& name : names) list.push_back(name);
    return {{"enum", std::move(list)}};
}

/// A list of names, each once.
json list_of_names(auto const& names) {
    return {{"type", "array"}, {"items", one_of_names(names)}, {"uniqueItems", true}, {"minItems", 1}};
}

}  // namespace sarx::schema
