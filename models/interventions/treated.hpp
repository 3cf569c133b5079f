#pragma once
// What all kinds share: when a dose is nothing, which muscles it acts on, how to read a parameter, and
// what the rules of stimuli.hpp move.

#include <initializer_list>
#include <vector>

#include "models/columns.hpp"
#include "sim/contract/intervention.hpp"

namespace sarx::models {

/// Whether this dose does anything at all. Kinds return at once where it does not, so that nothing of the block
/// is written and no bit can change.
[[nodiscard]] inline bool acts(Dose const& dose) { return dose.amounts[0] > 0.0 && dose.muscles != 0; }

/// Calls `f(m)` for each muscle of the plan that the dose acts on.
template <class F>
void for_each_treated(Block const& block, Dose const& dose, F&& f) {
    for (int m = 0; m < block.muscle_count(); ++m)
        if ((dose.muscles >> m & 1U) != 0) f(m);
}

/// One person's value of a parameter; `muscle` matters only where it differs by muscle.
[[nodiscard]] inline double value(Block const& block, ParameterId parameter, int lane, int muscle = 0) {
    return static_cast<double>(block.parameter(parameter, muscle)[lane]);
}

/// What several rules move, for KindSpec::adds_to.
[[nodiscard]] inline std::vector<ColumnId> columns_of(std::initializer_list<std::vector<ColumnId>> rules) {
    std::vector<ColumnId> all;
    for (auto const& rule : rules) all.insert(all.end(), rule.begin(), rule.end());
    return all;
}

/// What add_bout() moves.
[[nodiscard]] inline std::vector<ColumnId> bout_columns() {
    return {column("bout_count"),  column("bout_effort"),  column("bout_velocity"),
            column("bout_volume"), column("bout_tension"), column("bout_order")};
}

/// What bar_exercise() moves.
[[nodiscard]] inline std::vector<ColumnId> barred_columns() {
    return {column("exercise_barred_fraction"), column("task_practice_fraction"), column("fast_practice_fraction"),
            column("bout_volume")};
}

/// What add_disease() moves.
[[nodiscard]] inline std::vector<ColumnId> disease_columns() {
    return {column("disease_burden"), column("disease_control_fraction"), column("inflammation"),
            column("metabolic_activity_ratio")};
}

}  // namespace sarx::models
