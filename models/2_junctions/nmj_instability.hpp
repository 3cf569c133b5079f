#pragma once
// Stability of neuromuscular junctions, unit by unit.
//
//   ds/dt = r (q + (1 - q) d) E (1 - s) - e s       s slow part of the stability of a unit's junctions [0, 1]
//   E = 1 - f (1 - mitochondria)                    energy for repair, at least 0.05
//   e = e_0 * vulnerability * clock(age) (1 + inflammation + o (1 - oestrogen)+) * shrinkage        [1/year]
//   shrinkage = 1 + c (1 - a)+                      where muscle drives nerve: a fibre area over youth
//   w -> w_max min(unloading + inflammation, 1)     fast, reversible instability of the whole muscle, at one rate on
//                                                   the way up and another on the way down
//   fibres of a unit let go at the rate l (1 - s (1 - w))                                           [1/year]
//   S = (1 - w) sum n s / sum n                     stability of the muscle, 0 where no fibre has a nerve
//   jitter = youth (1 + g (s_youth - S)),  blocking = 1/(1 + e^(-(half - S)/spread))
//
//   r repair at full use, q its share that needs no use, d share of full synaptic use, f fibre's part in the energy;
//   clock: age_clock.hpp; unloading: the greater of the body's and the muscle's; n fibres of a unit
//
// Letting go and S see s and w at the end of the span, and the n that it began with; fibres that are let go join the
// pool of denervation.hpp.
//
// The slow part is repaired with use and energy and eroded with age, inflammation and loss of oestrogen; the fast part
// falls within weeks of disuse and comes back (the slow part alone is some 35 times too slow for bed rest). Relaxations
// are exact, that of s up to share_gone_fast, whose domain is spans of up to 2/(repair + e). Domain: adults from 20.
// Neglected: single junctions (a unit has one stability), the pre- and postsynaptic side apart. Jitter of youth 25 to
// 30 us (doi:10.1002/mus.24750); values and their sources: parameters/junctions.yaml.

#include "models/relaxation.hpp"

namespace sarx::models {

/// What does not differ between the units of one muscle of one person over a span of time.
template <class V>
struct JunctionWear {
    V resting_repair;       ///< r q E dt: repair that needs no use [1]
    V repair_by_use;        ///< r (1 - q) E dt: more of it at full use [1]
    V erosion;              ///< e dt of fibres of youth's size [1]
    V shrinkage_coupling;   ///< c [1]
    V let_go;               ///< l dt [1]
    V let_go_by_stability;  ///< l dt (1 - w) [1]
};

/// Energy for repair [1 in active youth]: a share of it comes from the fibre's mitochondria, the rest from the nerve's.
/// @param capacity of mitochondria [0, 2]   @param fibre_share [0, 1]
template <class V>
SARX_EQUATION V repair_energy(V capacity, V fibre_share) {
    return max(1.0F - fibre_share * (1.0F - capacity), V(0.05F));
}

/// Erosion of junctions [1/year] where fibres have the size of youth.
/// @param ageing multiplier of the age clock >= 1   @param vulnerability of the person, mean 1
/// @param oestrogen [0, 1], of whose loss `oestrogen_effect` <= 0.1 tells
template <class V>
SARX_EQUATION V erosion_rate_per_year(V rate_per_year, V vulnerability, V ageing, V inflammation, V oestrogen_effect,
                                      V oestrogen) {
    return rate_per_year * vulnerability * ageing *
           (1.0F + inflammation + oestrogen_effect * max(1.0F - oestrogen, V(0.0F)));
}

/// Repair over the span [1]. @param drive [0, 1] share of full synaptic use of the unit
template <class V, class U>
SARX_EQUATION U repair(JunctionWear<V> const& p, U drive) {
    SARX_EXPECTS(everywhere(drive >= 0.0F));
    return p.resting_repair + p.repair_by_use * drive;
}

/// Erosion over the span [1] of the junctions of fibres that have shrunk, in muscle-first couplings.
template <class V, class U>
SARX_EQUATION U erosion_of_shrunken(JunctionWear<V> const& p, U area_ratio) {
    return p.erosion * (1.0F + p.shrinkage_coupling * max(1.0F - area_ratio, U(0.0F)));
}

/// Slow stability after the span: ds/dt = repair (1 - s) - erosion s, at constant rates.
/// @param repair, erosion rates times the span [1], together at most 2
template <class U>
SARX_EQUATION U stability_after(U stability, U repair, U erosion) {
    U const x = repair + erosion;
    return stability + (repair - x * stability) / (1.0F + x * (0.5F + x * 0.083333336F));  // share_gone_fast(x)/x
}

/// Share of a unit's fibres that lose their junction over the span [0, 1): 1 - e^(-x) with x = l (1 - s (1 - w)) dt, for
/// the small x of these losses x - x^2/2, too low by x^3/6 (2e-8 where 6 % a year are let go in monthly steps).
/// @param stability slow part s
template <class V, class U>
SARX_EQUATION U share_let_go(JunctionWear<V> const& p, U stability) {
    U const x = p.let_go - p.let_go_by_stability * stability;
    return x * (1.0F - x * 0.5F);
}

/// Fast instability towards which it moves [0, largest]: disuse and inflammation.
template <class V>
SARX_EQUATION V fast_instability_target(V largest, V unloading, V inflammation) {
    return largest * min(max(unloading + inflammation, V(0.0F)), V(1.0F));
}

/// Jitter [us], mean consecutive difference of single-fibre potentials.
template <class V>
SARX_EQUATION V jitter_us(V youth_us, V gain, V youth_stability, V stability) {
    return youth_us * max(1.0F + gain * (youth_stability - stability), V(0.1F));
}

/// Share of junctions that fail to transmit [0, 1].
template <class V>
SARX_EQUATION V blocking_fraction(V stability, V half_stability, V spread) {
    return logistic((half_stability - stability) / spread);
}

}  // namespace sarx::models
