#include "models/model.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

#include "models/cascade.hpp"
#include "models/events/events.hpp"
#include "models/kinds.hpp"
#include "models/people/given.hpp"
#include "models/people/young.hpp"

namespace sarx::models {

namespace {

/// Instruction sets that this machine runs and this program was compiled for, best last.
std::vector<std::string_view> runnable_sets() {
    std::vector<std::string_view> sets = {"baseline"};
#if defined(SARX_HAS_AVX2)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.emplace_back("avx2");
#endif
#if defined(SARX_HAS_AVX512)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw"))
        sets.emplace_back("avx512");
#endif
    return sets;
}

class MuscleModel final : public Model {
public:
    MuscleModel(ParameterTable parameters, std::vector<Cascade> cascades, std::vector<MuscleSpec> muscles)
        : parameters_(std::move(parameters)),
          cascades_(std::move(cascades)),
          muscles_(std::move(muscles)),
          instruction_sets_(runnable_sets()),
          young_(parameters_) {
        for (auto& cascade : cascades_)
            if (cascade.stages.empty()) cascade.stages = all_but_variants();
        for (auto const& muscle : muscles_) {
            muscle_names_.push_back(muscle.name);
            if (muscle.by_default) default_muscles_.push_back(muscle.name);
            for (auto const& decided : muscle.decides)
                muscle_of_column_.emplace_back(models::columns[named(decided, muscle.name).index].name, muscle.name);
        }
        for (auto const& error : parameters_.parameters)
            for (auto const& read : error.error_of) {
                bool const relative = error.unit == "1";
                measures_.push_back({.of = named(read, error.path),
                                     .cv_parameter = relative ? std::string_view(error.path) : std::string_view(),
                                     .sd_parameter = relative ? std::string_view() : std::string_view(error.path),
                                     .source = error.source});
            }
    }

    std::span<ColumnSpec const> columns() const override { return models::columns; }
    ParameterTable const& parameters() const override { return parameters_; }
    std::span<std::string_view const> muscles() const override { return muscle_names_; }
    std::span<std::string_view const> default_muscles() const override { return default_muscles_; }
    std::span<std::pair<std::string_view, std::string_view> const> muscle_of_column() const override {
        return muscle_of_column_;
    }

    std::span<StageSpec const> stages() const override { return stage_specs(); }
    std::span<Cascade const> cascades() const override { return cascades_; }
    std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view instruction_set) const override {
        std::string_view const set = instruction_set.empty() ? instruction_sets_.back() : instruction_set;
        if (std::ranges::find(instruction_sets_, set) == instruction_sets_.end())
            throw std::invalid_argument("this machine cannot run instruction set '" + std::string(set) + "'");
        return models::make_stage(name, set, parameters_);
    }
    std::span<std::string_view const> instruction_sets() const override { return instruction_sets_; }

    std::span<KindSpec const> kinds() const override { return kind_specs(); }
    std::unique_ptr<InterventionKind> make_kind(std::string_view name) const override {
        return models::make_kind(name, parameters_);
    }

    std::span<EventSpec const> events() const override { return models::events(); }
    std::span<StandingDelivery const> standing_deliveries() const override { return models::standing_deliveries(); }
    std::span<MeasureSpec const> measures() const override { return measures_; }
    std::span<GivenSpec const> given() const override { return models::given(); }
    std::span<BurdenSpec const> burdens() const override { return models::burdens(); }
    void enter(Block& block, EntryInfo const& entry) const override { models::enter(block, entry, parameters_); }

    int unit_capacity(double largest_unit_count) const override { return Young::unit_capacity(largest_unit_count); }
    std::string_view unit_count_parameter() const override { return "people.motor_unit_count"; }
    std::string_view hazard_ratio_parameter() const override { return "people.mortality_frailty_ratio"; }
    void be_young(Block& block, int lane, Person const& person, Random const& random,
                  std::span<int const> muscles) const override {
        young_.make(block, lane, person, random, muscles);
    }

    ColumnId unit_presence() const override { return column("unit_fibres"); }
    ColumnId alive() const override { return column("alive"); }
    ColumnId adherence() const override { return column("adherence_z"); }
    ColumnId log_hazard_ratio() const override { return column("mortality_log_hazard_ratio"); }
    ColumnId death_rate_per_year() const override { return column("death_rate_per_year"); }
    std::string_view life_table() const override { return "life_table.us_2019"; }

private:
    /// A column that the model's files name; a name that is none is our fault, found at the start.
    static ColumnId named(std::string_view column, std::string_view by) {
        auto const at = std::ranges::find(models::columns, column, &ColumnSpec::name);
        if (at == std::end(models::columns))
            throw std::logic_error("no column is called '" + std::string(column) + "', as '" + std::string(by) +
                                   "' has it");
        return ColumnId{static_cast<std::uint16_t>(at - std::begin(models::columns))};
    }

    ParameterTable parameters_;
    std::vector<Cascade> cascades_;
    std::vector<MuscleSpec> muscles_;
    std::vector<std::string_view> muscle_names_;
    std::vector<std::string_view> default_muscles_;
    std::vector<std::pair<std::string_view, std::string_view>> muscle_of_column_;
    std::vector<MeasureSpec> measures_;
    std::vector<std::string_view> instruction_sets_;
    Young young_;
};

}  // namespace

std::unique_ptr<Model> make_model(ParameterTable parameters, std::vector<Cascade> cascades,
                                  std::vector<MuscleSpec> muscles) {
    return std::make_unique<MuscleModel>(std::move(parameters), std::move(cascades), std::move(muscles));
}

}  // namespace sarx::models
