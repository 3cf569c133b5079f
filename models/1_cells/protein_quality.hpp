#pragma once
// Damaged protein, made by ageing mitochondria and cleared by activity and rest, and the calcium release that
// suffers from both: the part of specific force that is lost without losing size.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Damage made in excess of active youth [1/year].
/// @param capacity of mitochondria [0, 2]   @param growth_per_year of production with age
template <class V>
SARX_EQUATION V damage_production(V production_per_year, V capacity, V growth_per_year, V age_years) {
    return production_per_year *
           max((2.0F - capacity) * exp(growth_per_year * max(age_years - 20.0F, V(0.0F))) - 1.0F, V(0.0F));
}

/// Rate at which damage is cleared [1/year]; never nothing.
/// @param resting_share of clearance that needs no activity
template <class V>
SARX_EQUATION V damage_clearance(V clearance_per_year, V resting_share, V metabolic, V recovery) {
    return clearance_per_year * max((resting_share + (1.0F - resting_share) * metabolic) * recovery, V(0.05F));
}

/// Calcium release per action potential [1 = youth], at least 0.1. Scales specific force and speed.
template <class V>
SARX_EQUATION V calcium_handling(V damage, V loss_by_damage, V capacity, V loss_by_capacity) {
    return max(1.0F - loss_by_damage * damage - loss_by_capacity * max(1.0F - capacity, V(0.0F)), V(0.1F));
}

}  // namespace sarx::models
