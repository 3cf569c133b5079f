// interventions: what each consists of, under a name that arms can give.

#include <algorithm>

#include "sim/scenario/reading.hpp"

namespace sarx {
namespace {

constexpr double longest_years = 100.0;

Waning read_waning(Reading const& reading, YamlNode const& node, std::string const& path) {
    Waning waning;
    if (node.is_scalar()) {
        read_name(reading, node, path, {"none"}, "unknown shape");
        return waning;
    }
    Fields fields(reading, node, path);
    YamlNode const* const exponential = fields.take("exponential");
    YamlNode const* const linear = fields.take("linear");
    fields.finish();
    if (exponential != nullptr && linear != nullptr) {
        reading.refuse(*linear, path, "two shapes at once", "give exponential or linear");
        return waning;
    }
    YamlNode const* const shape = exponential != nullptr ? exponential : linear;
    if (shape == nullptr) {
        if (fields.is_map() && node.fields.empty())
            reading.refuse(node, path, "names no shape", "none, exponential or linear");
        return waning;
    }
    std::string const key = exponential != nullptr ? "half_life" : "duration";
    Fields inner(reading, *shape, fields.path(exponential != nullptr ? "exponential" : "linear"));
    YamlNode const* const length = inner.need(key, "how long it lasts");
    inner.finish();
    if (length == nullptr) return waning;
    if (auto const years = read_years(reading, *length, inner.path(key), 0.0, longest_years)) {
        waning.shape = *years > 0.0 ? (exponential != nullptr ? Waning::Shape::exponential : Waning::Shape::linear)
                                    : Waning::Shape::none;
        waning.years = *years;
    }
    return waning;
}

std::vector<double> read_dose(Reading const& reading, YamlNode const* node, YamlNode const& whole,
                              std::string const& path, KindSpec const& kind) {
    YamlNode none;
    none.kind = YamlNode::Kind::map;
    none.mark = whole.mark;
    Fields fields(reading, node != nullptr ? *node : none, path);
    std::vector<double> dose;
    for (auto const& field : kind.dose) {
        YamlNode const* const given =
            field.required ? fields.need(field.name, std::string(field.meaning) + ", in " + std::string(field.unit))
                           : fields.take(field.name);
        auto const value =
            given == nullptr ? std::nullopt
                             : read_number(reading, *given, fields.path(field.name), field.unit, field.low, field.high);
        dose.push_back(value.value_or(field.fallback));
    }
    fields.finish();
    return dose;
}

}  // namespace

void read_interventions(Reading const& reading, YamlNode const& root) {
    YamlNode const* const node = root.find("interventions");
    if (node == nullptr) return;
    if (!node->is_map()) {
        reading.refuse(*node, "interventions", "needs names with what each consists of", "found " + found(*node));
        return;
    }
    auto const kinds = names_of(reading.model.kinds());
    for (auto const& [key, value] : node->fields) {
        std::string const path = "interventions." + key.text.substr(0, 64);
        // Kept even where something is wrong with it, so that arms which give it are not refused as well.
        reading.plan.interventions.push_back({});
        Intervention& intervention = reading.plan.interventions.back();
        intervention.name = key.text;
        if (!read_label(reading, key, path)) continue;
        Fields fields(reading, value, path);
        if (!fields.is_map()) continue;
        YamlNode const* const kind = fields.need("kind", "what sort of intervention it is");
        YamlNode const* const dose = fields.take("dose");
        YamlNode const* const ramp_up = fields.take("ramp_up");
        YamlNode const* const waning = fields.take("waning");
        fields.finish();
        if (ramp_up != nullptr)
            intervention.ramp_up_years =
                read_years(reading, *ramp_up, fields.path("ramp_up"), 0.0, longest_years).value_or(0.0);
        if (waning != nullptr) intervention.waning = read_waning(reading, *waning, fields.path("waning"));
        auto const index =
            kind == nullptr ? std::nullopt : read_name(reading, *kind, fields.path("kind"), kinds, "unknown kind");
        if (!index) continue;
        intervention.kind = *index;
        intervention.dose = read_dose(reading, dose, value, fields.path("dose"), reading.model.kinds()[*index]);
    }
}

}  // namespace sarx
