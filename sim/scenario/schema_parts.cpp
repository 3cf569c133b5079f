#include "sim/scenario/schema_parts.hpp"

#include <string>
#include <utility>

namespace sarx::schema {

json object(json properties, std::string_view about) {
    json out = {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (!about.empty()) out["description"] = about;
    return out;
}

json needs(json schema, json keys) {
    schema["required"] = std::move(keys);
    return schema;
}

json described(json schema, std::string_view about) {
    schema["description"] = about;
    return schema;
}

json ref(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

json quantity(double low, double high) {
    return {{"anyOf", {{{"type", "number"}, {"minimum", low}, {"maximum", high}}, ref("quantity")}}};
}

}  // namespace sarx::schema
