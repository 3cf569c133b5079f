#include "sim/scenario/cascade_check.hpp"

#include <algorithm>

namespace sarx {
namespace {

StageSpec const* stage_named(Model const& model, std::string_view name) {
    auto const stages = model.stages();
    auto const at = std::ranges::find(stages, name, &StageSpec::name);
    return at == stages.end() ? nullptr : &*at;
}

bool has(std::vector<ColumnId> const& columns, ColumnId column) {
    return std::ranges::find(columns, column) != columns.end();
}

/// Columns that the engine itself writes, whatever stages run.
bool engine_writes(Model const& model, ColumnId column) {
    if (column == model.alive() || column == model.adherence() || column == model.death_rate_per_year()) return true;
    return std::ranges::any_of(model.events(),
                               [&](EventSpec const& e) { return e.sets == column || e.counts_last_year == column; });
}

void without(Reading const& reading, YamlNode const& node, std::string const& path) {
    auto& stages = reading.plan.stages;
    auto const gone = read_names(reading, node, path, stages, "unknown stage");
    if (!gone) return;
    std::vector<std::string> left;
    for (std::size_t i = 0; i < stages.size(); ++i)
        if (std::ranges::find(*gone, static_cast<int>(i)) == gone->end()) left.push_back(stages[i]);
    stages = std::move(left);
}

void replace(Reading const& reading, YamlNode const& node, std::string const& path) {
    auto& stages = reading.plan.stages;
    Fields fields(reading, node, path);
    auto const all = names_of(reading.model.stages());
    for (auto const& [key, value] : node.fields) {
        auto const place = read_name(reading, key, path, stages, "unknown stage");
        auto const variant = read_name(reading, value, fields.path(key.text), all, "unknown stage");
        if (!place || !variant) continue;
        auto const& spec = reading.model.stages()[*variant];
        StageSpec const* const old = stage_named(reading.model, stages[*place]);
        if (spec.replaces == stages[*place] || old->replaces == spec.name ||
            (!spec.replaces.empty() && spec.replaces == old->replaces)) {
            stages[*place] = std::string(spec.name);
            continue;
        }
        std::vector<std::string> variants;
        for (auto const& s : reading.model.stages())
            if (s.replaces == key.text) variants.emplace_back(s.name);
        reading.refuse(value, fields.path(key.text), "'" + value.text + "' cannot stand in for '" + key.text + "'",
                       variants.empty() ? "this stage has no variants" : "its variants: " + listed(variants));
    }
}

}  // namespace

std::vector<std::string> cascade_faults(Model const& model, std::vector<std::string> const& stages) {
    std::vector<std::string> faults;
    std::vector<StageSpec const*> specs;
    for (auto const& name : stages)
        if (auto const* const spec = stage_named(model, name)) specs.push_back(spec);
    for (std::size_t i = 0; i < specs.size(); ++i) {
        StageSpec const& now = *specs[i];
        std::string const name(now.name);
        for (std::size_t k = i + 1; k < specs.size(); ++k) {
            StageSpec const& later = *specs[k];
            std::string const other(later.name);
            if (later.replaces == now.name || now.replaces == later.name ||
                (!now.replaces.empty() && now.replaces == later.replaces)) {
                faults.push_back("'" + name + "' and '" + other + "' are variants of one stage: choose one");
                continue;
            }
            for (ColumnId const column : now.writes)
                if (has(later.writes, column))
                    faults.push_back("'" + name + "' and '" + other + "' both write '" +
                                     std::string(model.columns()[column.index].name) + "'");
            for (ColumnId const column : now.reads)
                if (has(later.writes, column) && !has(now.writes, column))
                    faults.push_back("'" + name + "' reads '" + std::string(model.columns()[column.index].name) +
                                     "' before '" + other + "' has written it");
            for (ColumnId const column : now.adds_to)
                if (has(later.writes, column))
                    faults.push_back("'" + name + "' adds to '" + std::string(model.columns()[column.index].name) +
                                     "' before '" + other + "' sets it");
            for (ColumnId const column : later.reads_previous)
                if (has(now.writes, column) || has(now.adds_to, column))
                    faults.push_back("'" + other + "' reads '" + std::string(model.columns()[column.index].name) +
                                     "' of the previous step after '" + name + "' has moved it");
        }
    }
    return faults;
}

Cascade const* read_cascade(Reading const& reading, YamlNode const* node) {
    auto& plan = reading.plan;
    auto const cascades = reading.model.cascades();
    auto const names = names_of(cascades);
    Cascade const* base = nullptr;
    std::string path = "model.cascade";
    std::size_t const before = reading.problems.list().size();

    auto const start_from = [&](int index) {
        base = &cascades[index];
        plan.cascade = base->name;
        plan.stages = base->stages;
    };
    if (node == nullptr) {
        if (!cascades.empty()) start_from(0);
    } else if (node->is_scalar()) {
        if (auto const index = read_name(reading, *node, path, names, "unknown cascade")) start_from(*index);
    } else if (node->is_sequence()) {
        plan.cascade = "custom";
        auto const all = names_of(reading.model.stages());
        if (auto const chosen = read_names(reading, *node, path, all, "unknown stage"))
            for (int const s : *chosen) plan.stages.push_back(all[s]);
        if (node->items.empty()) reading.refuse(*node, path, "is empty", "a cascade has at least one stage");
    } else {
        Fields fields(reading, *node, path);
        YamlNode const* const like = fields.need("like", "the cascade to start from: " + listed(names));
        YamlNode const* const less = fields.take("without");
        YamlNode const* const other = fields.take("replace");
        fields.finish();
        if (like != nullptr)
            if (auto const index = read_name(reading, *like, fields.path("like"), names, "unknown cascade"))
                start_from(*index);
        if (base != nullptr) {
            if (less != nullptr) without(reading, *less, fields.path("without"));
            if (other != nullptr) replace(reading, *other, fields.path("replace"));
            if (plan.stages != base->stages) plan.cascade = "custom";
            if (plan.stages.empty())
                reading.refuse(*node, path, "no stage is left", "a cascade has at least one stage");
        }
    }
    // Life comes before the body; each phase keeps its own order.
    std::stable_partition(plan.stages.begin(), plan.stages.end(), [&](std::string const& name) {
        auto const* const spec = stage_named(reading.model, name);
        return spec != nullptr && spec->phase == Phase::life;
    });
    if (reading.problems.list().size() == before && node != nullptr)
        for (auto const& fault : cascade_faults(reading.model, plan.stages)) reading.refuse(*node, path, fault);
    return base;
}

std::string why_never_held(Model const& model, ColumnId column) {
    if (engine_writes(model, column)) return "the engine itself writes it, not a stage";
    auto const moves = [&](auto const& spec) { return has(spec.adds_to, column); };
    bool const moved =
        std::ranges::any_of(model.stages(), [&](StageSpec const& s) { return has(s.writes, column) || moves(s); }) ||
        std::ranges::any_of(model.kinds(), moves);
    return moved ? "" : "it is constant already: nothing moves it";
}

std::string why_unavailable(Reading const& reading, ColumnId column) {
    auto const& model = reading.model;
    auto const& name = model.columns()[column.index].name;
    for (auto const& [needing, muscle] : model.muscle_of_column()) {
        if (needing != name) continue;
        auto const& has_muscles = reading.plan.muscle_names;
        if (std::ranges::find(has_muscles, muscle) == has_muscles.end())
            return "it needs the muscle '" + std::string(muscle) + "', which model.muscles leaves out";
    }
    if (engine_writes(model, column)) return "";
    std::vector<std::string> writers;
    for (auto const& spec : model.stages()) {
        if (!has(spec.writes, column) && !has(spec.adds_to, column)) continue;
        if (std::ranges::find(reading.plan.stages, spec.name) != reading.plan.stages.end()) return "";
        writers.emplace_back(spec.name);
    }
    if (writers.empty() || reading.plan.stages.empty()) return "";
    return "it needs the stage '" + listed(writers) + "', which model.cascade leaves out";
}

}  // namespace sarx
