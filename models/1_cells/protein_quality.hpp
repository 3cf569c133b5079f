#pragma once
// Damaged protein, made by ageing mitochondria and cleared by activity and rest, and the calcium release that suffers
// from both: the part of specific force that is lost without losing size.
//
//   dQ/dt = P - C Q                                                  Q  damaged protein load [0 = active youth]
//   P     = p ((2 - E) e^(g (age - 20)+) - 1)+                       made in excess of active youth [1/year]
//   C     = c max((q + (1 - q) A) R, 0.05)                           rate of clearance [1/year]
//   Ca    = max(1 - k_Q Q - k_E (1 - E)+, 0.1)                       calcium release per action potential [1 = youth]
//
//   E mitochondrial capacity [1 = active youth], A metabolic activity [1 = active youth], q share of clearance that
//   needs no activity, R overnight recovery [1 = normal sleep]; p, c made and cleared in youth, k losses
//
// Exact over a span in which P and C are constant; Ca is of Q at its end. Domain: adults from 20. Neglected:
// differences between muscles and between proteins. Calcium release lost by damage is fitted to force per area, all
// else is assumed; values and their sources: parameters/cells.yaml.

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
/// @param clearance_per_year in active youth, > 0   @param resting_share [0, 1] of clearance that needs no activity
template <class V>
SARX_EQUATION V damage_clearance(V clearance_per_year, V resting_share, V metabolic, V recovery) {
    SARX_EXPECTS(everywhere(clearance_per_year > 0.0F));
    SARX_EXPECTS(everywhere(resting_share >= 0.0F) && everywhere(resting_share <= 1.0F));
    return clearance_per_year * max((resting_share + (1.0F - resting_share) * metabolic) * recovery, V(0.05F));
}

/// Damaged protein load after a span, made and cleared at constant rates.
/// @param made_per_year >= 0   @param cleared_per_year > 0
template <class V>
SARX_EQUATION V damage_after(V damage, V made_per_year, V cleared_per_year, V dt_years) {
    SARX_EXPECTS(everywhere(cleared_per_year > 0.0F));
    return relaxed(damage, made_per_year / cleared_per_year, dt_years * cleared_per_year);
}

/// Calcium release per action potential [1 = youth], at least 0.1. Scales specific force and speed.
template <class V>
SARX_EQUATION V calcium_handling(V damage, V loss_by_damage, V capacity, V loss_by_capacity) {
    V const release = max(1.0F - loss_by_damage * damage - loss_by_capacity * max(1.0F - capacity, V(0.0F)), V(0.1F));
    SARX_ENSURES(everywhere(release >= 0.1F));
    return release;
}

}  // namespace sarx::models
