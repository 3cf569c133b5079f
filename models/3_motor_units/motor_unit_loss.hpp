#pragma once
// Loss of motor units.
//
//   hazard of a unit = soma + injury + withdrawal * size * junction * muscle                        [1/year]
//   soma       = v h min((age - onset)/ramp, 1)+        death of the motor neuron, from 60 on
//   withdrawal = v w_0 clock(age)                       of axon or terminal, by the clock of ageing
//   size       = 1 + z (u - 1/2)                        likelier in large units: u rank in the pool [0, 1]
//   junction   = (1 + c (1 - s (1 - w)/s_youth))+       likelier where junctions have become unstable
//   muscle     = 1 + m (1 - a)+                         where muscle drives nerve: a fibre area over youth
//
//   v vulnerability of the person, mean 1; s slow stability and w fast instability (nmj_instability.hpp); clock:
//   age_clock.hpp
//
// A unit is lost when its integrated hazard has used up a threshold drawn once from a unit exponential, so that less
// hazard never brings a loss forward. Its fibres all join the pool of denervation.hpp, the count of units falls by one;
// what is left of a threshold goes on falling, below 0 in units that are lost. What the living can sprout for, sum W
// (reinnervation.hpp), is of after the losses. With a junction coupling well above 1 units are lost because junctions
// fail, not because years pass. Death of motor neurons begins after 60 (doi:10.1016/0022-510x(77)90069-7). Domain:
// adults from 20. Neglected: units that are cut and grow back; values and their sources: parameters/motor_units.yaml.

#include "models/equation.hpp"

namespace sarx::models {

/// What does not differ between the units of one muscle of one person over a span of time.
template <class V>
struct UnitHazard {
    V soma;                   ///< (soma + injury) dt [1]
    V withdrawal_at_rank_0;   ///< withdrawal dt (1 - z/2) [1]
    V withdrawal_per_rank;    ///< withdrawal dt z [1]
    V junction_at_none;       ///< 1 + c: relative hazard where no junction is stable [1]
    V junction_by_stability;  ///< c (1 - w)/s_youth: taken off it by slow stability [1]
    V muscle_coupling;        ///< m [1]
};

/// Hazard of death of the motor neuron [1/year]: none before `onset_age_years`, then full within `ramp_years`.
template <class V>
SARX_EQUATION V soma_death_rate_per_year(V rate_per_year, V age_years, V onset_age_years, V ramp_years) {
    return rate_per_year * min(max((age_years - onset_age_years) / ramp_years, V(0.0F)), V(1.0F));
}

/// Withdrawal by size over the span [1]. @param rank [0, 1]
template <class V, class U>
SARX_EQUATION U withdrawal_by_size(UnitHazard<V> const& p, U rank) {
    return p.withdrawal_at_rank_0 + p.withdrawal_per_rank * rank;
}

/// Relative hazard of withdrawal by junction [1 at the stability of youth]. @param stability slow part [0, 1]
template <class V, class U>
SARX_EQUATION U junction_hazard_ratio(UnitHazard<V> const& p, U stability) {
    return max(p.junction_at_none - p.junction_by_stability * stability, U(0.0F));
}

/// Relative hazard of withdrawal by the fibres' size, in muscle-first couplings [1 at the size of youth].
template <class V, class U>
SARX_EQUATION U muscle_hazard_ratio(UnitHazard<V> const& p, U area_ratio) {
    return 1.0F + p.muscle_coupling * max(1.0F - area_ratio, U(0.0F));
}

/// Integrated hazard of the span [1]. @param by_size withdrawal by size   @param ratio its relative hazards
template <class V, class U>
SARX_EQUATION U hazard_run(UnitHazard<V> const& p, U by_size, U ratio) {
    return p.soma + by_size * ratio;
}

}  // namespace sarx::models
