#pragma once
// Loss of motor units: death of the motor neuron, which begins after 60 (doi:10.1016/0022-510x(77)90069-7), and
// withdrawal of axon or terminal, which follows the age clock, is likelier in large units and in those whose junctions
// have become unstable. A unit is lost when its integrated hazard has used up a threshold drawn once from a unit
// exponential, so that less hazard never brings a loss forward.

#include "models/relaxation.hpp"

namespace sarx::models {

/// Hazard of death of the motor neuron [1/year]: none before `onset_age_years`, then full within `ramp_years`.
template <class V>
SARX_EQUATION V soma_death_rate_per_year(V rate_per_year, V age_years, V onset_age_years, V ramp_years) {
    return rate_per_year * min(max((age_years - onset_age_years) / ramp_years, V(0.0F)), V(1.0F));
}

/// Hazard of withdrawal by size: `run` for the middle of the pool, times 1 + effect (rank - 1/2).
template <class V>
SARX_EQUATION V hazard_by_size(V run, V rank, V effect) {
    return run * (1.0F - 0.5F * effect) + run * effect * rank;
}

/// Relative hazard of withdrawal by junction [1 at the stability of youth]: 1 + coupling (1 - s/s0), in the share of
/// stability lost. With a coupling well above 1 units are lost because junctions fail, not because years pass.
/// @param slow part of the stability s = slow steady [0, 1]   @param steady share of it that fast instability leaves
/// @param coupling >= 0
template <class V>
SARX_EQUATION V junction_hazard_ratio(V youth_stability, V slow, V steady, V coupling) {
    return max((1.0F + coupling) - coupling * steady / youth_stability * slow, V(0.0F));
}

/// Relative hazard of withdrawal by the fibres' size, in muscle-first couplings [1 at the size of youth].
template <class V>
SARX_EQUATION V muscle_hazard_ratio(V area_ratio, V coupling) {
    return 1.0F + coupling * max(1.0F - area_ratio, V(0.0F));
}

}  // namespace sarx::models
