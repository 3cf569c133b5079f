#include "models/model.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "models/6_outcomes/outcomes.hpp"
#include "models/cascade.hpp"
#include "models/interventions/kinds.hpp"
#include "models/people/young.hpp"

namespace sarx::models {

namespace {

constexpr std::array<std::string_view, 3> muscle_name_list = {"forearm_flexors", "vastus_lateralis",
                                                              "tibialis_anterior"};

constexpr std::pair<std::string_view, std::string_view> muscles_of_columns[] = {
    {"grip_strength_kg", "forearm_flexors"},
    {"sarcopenia_ewgsop2", "forearm_flexors"},
    {"sarcopenia_awgs2019", "forearm_flexors"},
    {"sarcopenia_fnih", "forearm_flexors"},
    {"sarcopenia_sdoc", "forearm_flexors"},
    {"knee_extension_torque_Nm", "vastus_lateralis"},
    {"leg_power_W", "vastus_lateralis"},
    {"gait_speed_m_per_s", "vastus_lateralis"},
    {"chair_rise_s", "vastus_lateralis"},
    {"sppb_score", "vastus_lateralis"},
    {"dorsiflexion_torque_Nm", "tibialis_anterior"}};

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
    MuscleModel(ParameterTable parameters, std::vector<Cascade> cascades)
        : parameters_(std::move(parameters)),
          cascades_(std::move(cascades)),
          instruction_sets_(runnable_sets()),
          young_(parameters_) {
        for (auto const& entry : all_stages()) stages_.push_back(entry.spec);
    }

    std::span<ColumnSpec const> columns() const override { return models::columns; }
    ParameterTable const& parameters() const override { return parameters_; }
    std::span<std::string_view const> muscles() const override { return muscle_name_list; }
    std::span<std::string_view const> default_muscles() const override { return muscle_name_list; }
    std::span<std::pair<std::string_view, std::string_view> const> muscle_of_column() const override {
        return muscles_of_columns;
    }

    std::span<StageSpec const> stages() const override { return stages_; }
    std::span<Cascade const> cascades() const override { return cascades_; }
    std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view instruction_set) const override {
        auto const at = std::ranges::find(all_stages(), name, [](StageEntry const& e) { return e.spec.name; });
        if (at == all_stages().end()) throw std::logic_error("no stage is called '" + std::string(name) + "'");
        std::string_view const set = instruction_set.empty() ? instruction_sets_.back() : instruction_set;
        if (std::ranges::find(instruction_sets_, set) == instruction_sets_.end())
            throw std::invalid_argument("this machine cannot run instruction set '" + std::string(set) + "'");
        StageMaker const maker = set == "avx512" ? at->avx512 : set == "avx2" ? at->avx2 : at->baseline;
        return std::unique_ptr<Stage>(maker(parameters_));
    }
    std::span<std::string_view const> instruction_sets() const override { return instruction_sets_; }

    std::span<KindSpec const> kinds() const override { return kind_specs(); }
    std::unique_ptr<InterventionKind> make_kind(std::string_view name) const override {
        return models::make_kind(name, parameters_);
    }

    std::span<EventSpec const> events() const override { return models::events(); }
    std::span<StandingDelivery const> standing_deliveries() const override { return models::standing_deliveries(); }
    std::span<MeasureSpec const> measures() const override { return models::measures(); }
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
    ParameterTable parameters_;
    std::vector<Cascade> cascades_;
    std::vector<std::string_view> instruction_sets_;
    std::vector<StageSpec> stages_;
    Young young_;
};

}  // namespace

std::span<std::string_view const> muscle_names() { return muscle_name_list; }

std::unique_ptr<Model> make_model(ParameterTable parameters, std::vector<Cascade> cascades) {
    return std::make_unique<MuscleModel>(std::move(parameters), std::move(cascades));
}

}  // namespace sarx::models
