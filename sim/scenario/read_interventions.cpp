#include "sim/scenario/read_interventions.hpp"

#include "sim/scenario/delivery_keys.hpp"
#include "sim/scenario/model_schema.hpp"

namespace sarx::grammar {
namespace {

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

bool read_interventions(Reading const& reading, YamlNode const& node, std::string const& path, Plan& plan) {
    if (!node.is_map()) {
        reading.refuse(node, path, "needs names with what each consists of", "found " + found(node));
        return false;
    }
    for (auto const& [key, value] : node.fields) {
        std::string const inner = path + "." + key.text.substr(0, 64);
        // Kept even where something is wrong with it, so that arms which give it are not refused as well.
        Intervention& intervention = plan.interventions.emplace_back();
        intervention.name = key.text;
        if (!read_label(reading, key, inner)) continue;
        Given const given = read_keys(reading, value, inner, intervention_keys(), intervention);
        if (given.sound_at("kind") != nullptr)
            intervention.dose = read_dose(reading, given.at("dose"), value, inner + ".dose",
                                          reading.model.kinds()[static_cast<std::size_t>(intervention.kind)]);
    }
    return true;
}

}  // namespace

std::string dose_text(Plan const& plan, Intervention const& intervention) {
    auto const& fields = plan.model->kinds()[static_cast<std::size_t>(intervention.kind)].dose;
    std::vector<std::string> values;
    for (std::size_t d = 0; d < intervention.dose.size(); ++d)
        values.push_back(std::string(fields[d].name) + ": " + number_text(intervention.dose[d]));
    return values.empty() ? "{}" : flow_text(values);
}

Form<Plan> interventions_form() {
    Form<Plan> form;
    form.shown = {.told =
                      [](Model const&) {
                          return Told{"names with keys and values", "", ""};
                      },
                  .schema = interventions_schema,
                  .inner = [] { return pointers(intervention_keys()); },
                  .names_before = 1};
    form.read = read_interventions;
    form.text = [](Plan const& plan, Plan const&) {
        std::vector<std::string> blocks;
        for (auto const& intervention : plan.interventions)
            blocks.push_back(quoted_text(intervention.name) + ":" +
                             block_text(texts(intervention_keys(), plan, intervention), 4));
        return blocks.empty() ? "\n" : block_text(blocks, 2);
    };
    return form;
}

}  // namespace sarx::grammar
