#pragma once
// A model without its life table: what stages do can be tested for any cascade without a reference cohort for each.

#include "sim/contract/model.hpp"

namespace sarx::testing {

class UndyingModel final : public Model {
public:
    explicit UndyingModel(Model const& of) : of_(of) {}

    std::span<ColumnSpec const> columns() const override { return of_.columns(); }
    ParameterTable const& parameters() const override { return of_.parameters(); }
    std::span<std::string_view const> muscles() const override { return of_.muscles(); }
    std::span<std::string_view const> default_muscles() const override { return of_.default_muscles(); }
    std::span<std::pair<std::string_view, std::string_view> const> muscle_of_column() const override {
        return of_.muscle_of_column();
    }
    std::span<StageSpec const> stages() const override { return of_.stages(); }
    std::span<Cascade const> cascades() const override { return of_.cascades(); }
    std::unique_ptr<Stage> make_stage(std::string_view name, std::string_view instruction_set) const override {
        return of_.make_stage(name, instruction_set);
    }
    std::span<std::string_view const> instruction_sets() const override { return of_.instruction_sets(); }
    std::span<KindSpec const> kinds() const override { return of_.kinds(); }
    std::unique_ptr<InterventionKind> make_kind(std::string_view name) const override { return of_.make_kind(name); }
    std::span<EventSpec const> events() const override { return of_.events(); }
    std::span<StandingDelivery const> standing_deliveries() const override { return of_.standing_deliveries(); }
    std::span<MeasureSpec const> measures() const override { return of_.measures(); }
    std::span<GivenSpec const> given() const override { return of_.given(); }
    std::span<BurdenSpec const> burdens() const override { return of_.burdens(); }
    int unit_capacity(double largest_unit_count) const override { return of_.unit_capacity(largest_unit_count); }
    std::string_view unit_count_parameter() const override { return of_.unit_count_parameter(); }
    void be_young(Block& block, int lane, Person const& person, Random const& random,
                  std::span<int const> muscles) const override {
        of_.be_young(block, lane, person, random, muscles);
    }
    void enter(Block& block, EntryInfo const& entry) const override { of_.enter(block, entry); }
    ColumnId unit_presence() const override { return of_.unit_presence(); }
    ColumnId alive() const override { return of_.alive(); }
    ColumnId adherence() const override { return of_.adherence(); }
    ColumnId log_hazard_ratio() const override { return of_.log_hazard_ratio(); }
    ColumnId death_rate_per_year() const override { return of_.death_rate_per_year(); }
    std::string_view life_table() const override { return {}; }

private:
    Model const& of_;
};

}  // namespace sarx::testing
