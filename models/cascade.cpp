#include "models/cascade.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace sarx::models {

namespace {

/// A stage's folder says when it runs.
Phase phase_of(std::string_view level) {
    if (level == "0 life") return Phase::life;
    return level.ends_with("measures") ? Phase::measure : Phase::body;
}

StageSpec spec_of(StageFile const& file) {
    StageCode const code = file.code[0]();  // all sets say the same, and any machine can ask the first
    StageSpec spec{.name = file.name,
                   .phase = phase_of(file.level),
                   .level = file.level,
                   .about = code.about,
                   .replaces = code.replaces};
    Description const& said = *code.description;
    for (int i = 0; i < said.column_count; ++i) {
        auto const [column, role] = said.columns[i];
        auto& list = role == Role::reads            ? spec.reads
                     : role == Role::reads_previous ? spec.reads_previous
                     : role == Role::writes         ? spec.writes
                                                    : spec.adds_to;
        list.push_back(column);
    }
    spec.parameters.assign(said.parameters, said.parameters + said.parameter_count);
    return spec;
}

}  // namespace

std::vector<StageSpec> const& stage_specs() {
    static std::vector<StageSpec> const specs = [] {
        std::vector<StageSpec> found;
        for (auto const& file : stage_files()) found.push_back(spec_of(file));
        std::vector<StageSpec> ordered;
        for (std::size_t const i : order_of_stages(found)) ordered.push_back(found[i]);
        return ordered;
    }();
    return specs;
}

std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view instruction_set,
                                  ParameterTable const& table) {
    auto const file = std::ranges::find(stage_files(), name, &StageFile::name);
    if (file == stage_files().end()) throw std::logic_error("no stage is called '" + std::string(name) + "'");
    auto const set = std::ranges::find(instruction_set_names, instruction_set) - std::begin(instruction_set_names);
    return std::unique_ptr<Stage>(file->code[set]().make(table));
}

std::vector<std::string> all_but_variants() {
    std::vector<std::string> names;
    for (auto const& spec : stage_specs())
        if (spec.replaces.empty()) names.emplace_back(spec.name);
    return names;
}

}  // namespace sarx::models
