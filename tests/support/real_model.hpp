#pragma once
// The real model and plans of it, for tests of laws.

#include <memory>
#include <stdexcept>
#include <string>

#include "models/model.hpp"
#include "sim/result/batch.hpp"
#include "sim/run/reference_cohort.hpp"
#include "sim/run/simulator.hpp"
#include "sim/scenario/parameter_file.hpp"
#include "sim/scenario/scenario_reader.hpp"

namespace sarx::testing {

inline Model const& real_model() {
    static std::unique_ptr<Model> const model = [] {
        std::vector<EmbeddedFile> files;
        for (auto const& [name, text] : models::parameter_files()) files.push_back({name, text});
        ModelData data;
        Problems problems;
        if (!read_model_data(files, data, problems)) throw std::runtime_error(problems.text());
        return models::make_model(std::move(data.parameters), std::move(data.cascades), std::move(data.muscles));
    }();
    return *model;
}

/// A plan of a model from scenario text; throws what is wrong with it.
inline Plan plan_of(Model const& model, std::string const& text, ReadOptions const& options = {}) {
    Problems problems;
    auto plan = read_plan(ScenarioText{.name = "test.yaml", .text = text, .folder = {}, .beside = {}}, model, options,
                          problems);
    if (!plan) throw std::runtime_error(problems.text());
    return std::move(*plan);
}

/// Mortality of a plan, for a simulator; lived once for a set of parameters.
inline LogRateTable base_rate(Plan const& plan, std::string const& instruction_set = "") {
    static CentredMortality tables;
    return tables.of(plan, instruction_set);
}

/// All people of a plan, batch after batch.
inline std::vector<BatchResult> simulate_all(Plan const& plan, std::string const& instruction_set = "") {
    Simulator const simulator(plan, base_rate(plan, instruction_set), instruction_set);
    std::vector<BatchResult> results;
    for (std::uint32_t b = 0; b < simulator.batches(); ++b) results.push_back(simulator.simulate(b));
    return results;
}

/// One trajectory out of batches: value of (series, arm, person of the run, record).
inline float value_at(Plan const& plan, std::vector<BatchResult> const& batches, std::size_t series, std::size_t arm,
                      std::uint32_t person, int record) {
    auto const size = batches.front().people;  // of all but the last
    auto const& b = batches[person / size];
    auto const records = static_cast<std::size_t>(plan.clock.records);
    return b.trajectories[((series * plan.arms.size() + arm) * b.people + person % size) * records +
                          static_cast<std::size_t>(record)];
}

/// Place of a variable among the plan's series.
inline std::size_t series_index(Plan const& plan, std::string const& name, int muscle = -1) {
    auto const all = series_of(plan);
    for (std::size_t s = 0; s < all.size(); ++s)
        if (plan.model->columns()[all[s].column.index].name == name && all[s].muscle == muscle) return s;
    throw std::runtime_error("no series " + name);
}

/// Same bits, NaN equal to NaN.
inline bool same_bits(float a, float b) { return a == b || (a != a && b != b); }

}  // namespace sarx::testing
