#pragma once
// What all kinds share: when a dose is nothing, which muscles it acts on, and how to read a parameter.

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

}  // namespace sarx::models
